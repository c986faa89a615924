import { createServer } from "node:http";

/** A web site on this machine that is not ours, and counts who comes. */
export interface Canary {
  /** By the address 127.0.0.1: the same site as the demo, another origin. */
  readonly address: string;
  readonly port: number;
  /** Paths that were asked for, pages of the site itself left out. */
  readonly asked: string[];
  /** Serves a page at a path. */
  page(path: string, html: string): void;
  close(): Promise<void>;
}

/** Opens a site on a free port. */
export async function openCanary(): Promise<Canary> {
  const asked: string[] = [];
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const html = pages.get(request.url ?? "");
    if (html === undefined && request.url !== "/favicon.ico") asked.push(request.url ?? "");
    response.writeHead(html === undefined ? 404 : 200, {
      "content-type": "text/html; charset=utf-8",
      "access-control-allow-origin": "*",
    });
    response.end(html ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  const port = typeof place === "object" && place !== null ? place.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    asked,
    page: (path, html) => void pages.set(path, html),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
