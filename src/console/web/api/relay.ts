import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  BankQuestionInfo,
  CreateRelayGroupRequest,
  PasteOutcome,
  PastePreview,
  PasteRequest,
  PreviewRequest,
  RelayGroup,
  RelayStaffRequest,
  RelaySurveyOutcome,
  RelaySurveyRequest,
  TrayItemInfo,
} from "#src/console/contract/relay.js";
import { announceProblem } from "../shared/problem-words.js";
import { keys } from "./keys.js";
import { address, command, request, segment } from "./request.js";

type CreateRequest = Omit<CreateRelayGroupRequest, "timeZone">;
type SurveyRequest = Partial<RelaySurveyRequest> & Pick<RelaySurveyRequest, "decision">;

/** The relay groups. */
export function useRelayGroups() {
  return useQuery({
    queryKey: [...keys.relay, "groups"],
    queryFn: () => request<readonly RelayGroup[]>("/relay/groups"),
  });
}

/** What lies in the tray of a group, the newest first. */
export function useTray(groupId: string) {
  return useQuery({
    queryKey: [...keys.relay, "tray", groupId],
    queryFn: () => request<readonly TrayItemInfo[]>(`/relay/groups/${segment(groupId)}/tray`),
  });
}

/** The ready-made questions in the group's language. */
export function useQuestions(groupId: string) {
  return useQuery({
    queryKey: [...keys.relay, "questions", groupId],
    queryFn: () =>
      request<readonly BankQuestionInfo[]>(`/relay/groups/${segment(groupId)}/questions`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where the picture of an item of the tray is. */
export function trayPicture(itemId: string): string {
  return address(`/relay/tray/${segment(itemId)}/picture`);
}

/** A change after which everything of relay mode is read again; a failure is announced. */
function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onError: announceProblem,
    onSettled: () => client.invalidateQueries({ queryKey: keys.relay }),
  });
}

/** Makes a relay group. */
export function useCreateGroup() {
  return useChange((body: CreateRequest) =>
    request<RelayGroup>("/relay/groups", { method: "POST", body }),
  );
}

/** Says of a display name whether it belongs to staff. */
export function useSetStaff(groupId: string) {
  return useChange((body: RelayStaffRequest) =>
    request<RelayGroup>(`/relay/groups/${segment(groupId)}/staff`, { method: "POST", body }),
  );
}

/** Reads a paste; nothing is stored. */
export function usePreview(groupId: string) {
  return useMutation({
    mutationFn: (body: PreviewRequest) =>
      request<PastePreview>(`/relay/groups/${segment(groupId)}/previews`, { method: "POST", body }),
    onError: announceProblem,
  });
}

/** Takes a paste that was previewed. */
export function useTakePaste(groupId: string) {
  return useChange((body: PasteRequest) =>
    request<PasteOutcome>(`/relay/groups/${segment(groupId)}/pastes`, { method: "POST", body }),
  );
}

/** Notes that an item of the tray was carried out. */
export function useSetTaken() {
  return useChange(({ id, taken }: { readonly id: string; readonly taken: boolean }) =>
    request<TrayItemInfo>(`/relay/tray/${segment(id)}/taken`, { method: "POST", body: { taken } }),
  );
}

/** Opens a survey in a relay group. */
export function useOpenSurvey(groupId: string) {
  return useChange((body: SurveyRequest) =>
    request<RelaySurveyOutcome>(`/relay/groups/${segment(groupId)}/surveys`, {
      method: "POST",
      body,
    }),
  );
}

/** Says a staff command. */
export function useCommand(groupId: string) {
  return useChange((text: string) =>
    command(`/relay/groups/${segment(groupId)}/commands`, { method: "POST", body: { text } }),
  );
}
