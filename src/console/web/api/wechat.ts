import { useQuery } from "@tanstack/react-query";
import type { WechatView } from "#src/console/contract/wechat.js";
import { keys } from "./keys.js";
import { request } from "./request.js";

/** A code to scan is exchanged for another every half minute or so. */
const WAITING_MS = 3_000;
const USUAL_MS = 15_000;

function isWaiting(view: WechatView | undefined): boolean {
  return view?.state === "starting" || view?.state === "scan" || view?.state === "out";
}

/** The session of the WeChat account; asked for often while somebody waits in front of the code. */
export function useWechat() {
  return useQuery({
    queryKey: keys.wechat,
    queryFn: () => request<WechatView>("/wechat"),
    refetchInterval: ({ state }) =>
      state.data?.since === null ? false : isWaiting(state.data) ? WAITING_MS : USUAL_MS,
    // The code is worth a log-in: it does not outlive the page that shows it.
    gcTime: 0,
  });
}
