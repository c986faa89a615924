import { connect, createServer, type Socket } from "node:net";

/** A wire to a server that can be cut and mended. */
export interface Wire {
  /** Where the server is reached through the wire. */
  readonly address: string;
  /** Drops all connections and takes no new one. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Lays a wire to the server at `target`, such as http://127.0.0.1:8787. */
export async function openWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const own = (): string => {
    const place = server.address();
    return typeof place === "object" && place !== null ? `${hostname}:${place.port}` : "";
  };
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    keep(near);
    keep(far);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    // The demo answers to its own port alone.
    near.on("data", (bytes) => {
      const text = bytes.toString("latin1").replaceAll(own(), `${hostname}:${port}`);
      far.write(text, "latin1");
    });
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `http://${own()}`,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
