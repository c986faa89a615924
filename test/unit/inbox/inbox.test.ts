import { describe, expect, it } from "vitest";
import { AppError } from "#src/shared/app-error.js";
import { inboxScene, said } from "./inbox-scene.js";

describe("accepting events", () => {
  it("stores what arrives together with one commit", async () => {
    const { inbox, store } = await inboxScene();
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, (_, index) => inbox.accept(said(`e${String(index)}`))),
    );
    expect(new Set(outcomes)).toEqual(new Set(["accepted"]));
    expect(store.writes).toBe(1);
    expect(await store.read((tx) => tx.inboxEvents.count({ state: "due" }))).toBe(300);
  });

  it("stores more than one batch with as many commits as there are batches", async () => {
    const { inbox, store } = await inboxScene(undefined, 100);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => inbox.accept(said(`a${String(index)}`))),
    );
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => inbox.accept(said(`b${String(index)}`))),
    );
    expect(store.writes).toBe(2);
  });

  it("answers only when the event is on disk", async () => {
    const { inbox, store } = await inboxScene();
    await inbox.accept(said("e1"));
    expect(await store.read((tx) => tx.inboxEvents.count({}))).toBe(1);
  });

  it("takes a redelivered event once, in one batch and later", async () => {
    const { inbox, store } = await inboxScene();
    const first = await Promise.all([inbox.accept(said("e1")), inbox.accept(said("e1"))]);
    expect(first).toEqual(["accepted", "duplicate"]);
    expect(await inbox.accept(said("e1"))).toBe("duplicate");
    expect(await store.read((tx) => tx.inboxEvents.count({}))).toBe(1);
  });

  it("takes one message that comes as two events once, but its recall as well", async () => {
    const { inbox } = await inboxScene();
    const message = said("e1");
    expect(await inbox.accept(message)).toBe("accepted");
    expect(await inbox.accept({ ...message, eventId: "e2" })).toBe("duplicate");
    const { conversation, author, at } = message;
    const recalled = { kind: "recalled", eventId: "e3", conversation, author, at } as const;
    expect(await inbox.accept({ ...recalled, message: message.message })).toBe("accepted");
    const elsewhere = said("e4", { room: "别的群" });
    const sameId = { ...elsewhere.message, messageId: message.message.messageId };
    expect(await inbox.accept({ ...elsewhere, message: sameId })).toBe("accepted");
  });

  it("tells the same event ids of two platforms apart", async () => {
    const { inbox } = await inboxScene();
    const conversation = { platform: "slack", conversationId: "C1" };
    expect(await inbox.accept(said("e1"))).toBe("accepted");
    const there = said("e1", { conversation, message: { conversation, messageId: "m" } });
    expect(await inbox.accept(there)).toBe("accepted");
  });

  it("refuses new events when too many wait already, and takes them again afterwards", async () => {
    const { inbox } = await inboxScene(undefined, 10);
    const waiting = Array.from({ length: 10 }, (_, index) =>
      inbox.accept(said(`w${String(index)}`)),
    );
    await expect(inbox.accept(said("too much"))).rejects.toMatchObject({ code: "store-busy" });
    expect(await Promise.all(waiting)).toHaveLength(10);
    expect(await inbox.accept(said("too much"))).toBe("accepted");
  });

  it("acknowledges nothing of a batch that could not be stored, and loses nothing that is sent again", async () => {
    const { inbox, store } = await inboxScene();
    store.refuse(new AppError("store-full", "full"));
    const outcomes = await Promise.allSettled([inbox.accept(said("1")), inbox.accept(said("2"))]);
    expect(outcomes.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    store.refuse(null);
    expect(await Promise.all([inbox.accept(said("1")), inbox.accept(said("2"))])).toEqual([
      "accepted",
      "accepted",
    ]);
  });

  it("waits on request until everything handed in is stored or refused", async () => {
    const { inbox, store } = await inboxScene();
    void inbox.accept(said("1"));
    void inbox.accept(said("2"));
    await inbox.settled();
    expect(await store.read((tx) => tx.inboxEvents.count({}))).toBe(2);
  });
});
