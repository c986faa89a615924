import type { IncomingMessage } from "node:http";

/** Which names a service answers to. */
export interface HostPolicy {
  /** "own": only names of this machine with our port (and `publicHost`); "any": whatever was asked for. */
  readonly names: "own" | "any";
  /** Host and port of the public address, lower case, as browsers send it. */
  readonly publicHost: string | null;
}

const OWN_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * True when a request names a host that is ours: exactly one Host header, one of our names and our
 * port, and a plain path. A page of another site whose name was pointed at this machine (DNS
 * rebinding) is refused here, before anything reads the request.
 */
export function isOurHost(
  request: Pick<IncomingMessage, "rawHeaders" | "url">,
  port: number,
  policy: HostPolicy,
): boolean {
  if (policy.names === "any") return true;
  const { url = "" } = request;
  // An absolute address in the request line would name another host than the header does.
  if (!url.startsWith("/") || url.startsWith("//")) return false;
  const hosts = hostHeaders(request.rawHeaders);
  const [host, ...more] = hosts;
  if (host === undefined || more.length > 0) return false;
  const asked = host.toLowerCase();
  return (
    OWN_NAMES.some((name) => asked === `${name}:${String(port)}`) ||
    (port === 80 && OWN_NAMES.includes(asked)) ||
    asked === policy.publicHost
  );
}

function hostHeaders(raw: readonly string[]): readonly string[] {
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === "host");
}
