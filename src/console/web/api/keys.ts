/** Names of what is read from the server; longer keys begin with these. */
export const keys = {
  me: ["me"],
  door: ["door"],
  groups: ["groups"],
  overview: ["overview"],
  cases: ["cases"],
  relay: ["relay"],
  health: ["health"],
  wechat: ["wechat"],
  sessions: ["sessions"],
  simulator: ["simulator"],
  lines: ["lines"],
  insights: ["insights"],
  pulse: ["pulse"],
} as const;
