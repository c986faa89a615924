import type { AccessRows, SessionRow } from "./access-rows.js";

/** Sign-in that ends with the process: the demo, whose data is pretend as well. */
export function memoryAccessRows(): AccessRows {
  const rows = new Map<string, SessionRow>();
  let kept: string | null = null;
  const drop = (ids: readonly string[]): readonly string[] => ids.filter((id) => rows.delete(id));
  return {
    password: async () => kept,
    setPassword: async (hash, { keep }) => {
      kept = hash;
      return drop([...rows.keys()].filter((id) => id !== keep));
    },
    session: async (hash) => [...rows.values()].find((row) => row.hash === hash) ?? null,
    sessions: async () => [...rows.values()],
    begin: async (row, replaces) => {
      if (replaces !== null) rows.delete(replaces);
      rows.set(row.id, row);
    },
    touch: async (id, at) => {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, lastSeenAt: at });
    },
    end: async (ids) => drop(ids),
    takeLink: async () => "unknown",
  };
}
