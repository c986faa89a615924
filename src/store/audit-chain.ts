import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { AuditEntry, AuditHead } from "#entities/index.js";

/** 256 bits that seal the audit chain; kept outside the database. */
export type AuditKey = Buffer;

/** What a row says, without its place in the chain. */
export type AuditContent = Pick<AuditEntry, "actorId" | "act" | "subject" | "detail">;

/** Where a chain stands: how many rows it has, and the seal of the last. */
export interface ChainEnd {
  readonly entries: number;
  readonly mac: string;
}

/** What is wrong with a chain, at the first row where it shows. */
export interface ChainFault {
  readonly kind: "missing" | "changed" | "added" | "cut" | "emptied";
  /** Place of the row in the chain, from 1; for `cut` and `emptied` the number of rows. */
  readonly place: number;
}

export interface ChainReport {
  /** Rows in the chain. */
  readonly entries: number;
  /** Rows from which a member was erased: their place is proven, what they said is not. */
  readonly erased: number;
  readonly fault: ChainFault | null;
}

/** An empty chain. */
export const CHAIN_START: ChainEnd = { entries: 0, mac: "" };

/** The act that erases a member; its detail says from how many audit rows (`deeds`). */
export const FORGET_ACT = "member.forget";

const SALT_BYTES = 16;

/** HMAC-SHA-256 over the parts, 64 hex digits; what is made in one domain means nothing in another. */
export function hmac(key: AuditKey, domain: string, parts: readonly (string | number)[]): string {
  return createHmac("sha256", key)
    .update(JSON.stringify([domain, ...parts]))
    .digest("hex");
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** The same content gives the same text, whatever the order of its facts. */
function canonical({ actorId, act, subject, detail }: AuditContent): string {
  const facts = Object.entries(detail).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([actorId, act, subject, facts]);
}

function commitmentOf(key: AuditKey, salt: string, content: AuditContent): string {
  return hmac(key, "content", [salt, canonical(content)]);
}

function macOf(key: AuditKey, before: ChainEnd, at: number, commitment: string): string {
  return hmac(key, "row", [before.mac, before.entries + 1, at, commitment]);
}

/** Seal of the head over the end of the chain. */
export function sealOf(key: AuditKey, end: ChainEnd): string {
  return hmac(key, "head", [end.entries, end.mac]);
}

/** Chains a row to the end; returns the row's part of the chain and the new end. */
export function chain(
  key: AuditKey,
  end: ChainEnd,
  row: AuditContent & { readonly at: number },
): {
  readonly link: Pick<AuditEntry, "place" | "salt" | "commitment" | "mac">;
  readonly end: ChainEnd;
} {
  const salt = randomBytes(SALT_BYTES).toString("hex");
  const commitment = commitmentOf(key, salt, row);
  const mac = macOf(key, end, row.at, commitment);
  const place = end.entries + 1;
  return { link: { place, salt, commitment, mac }, end: { entries: place, mac } };
}

/** Walks along a chain, row by row in the order of their places, until the first fault. */
export class ChainCheck {
  readonly #key: AuditKey;
  #end = CHAIN_START;
  #erased = 0;
  #allowed = 0;
  #fault: ChainFault | null = null;

  constructor(key: AuditKey) {
    this.#key = key;
  }

  /** Takes the next row; returns whether the chain still holds. */
  take(row: AuditEntry): boolean {
    if (this.#fault !== null) return false;
    const kind = this.#faultOf(row);
    if (kind !== null) {
      this.#fault = { kind, place: this.#end.entries + 1 };
      return false;
    }
    if (row.salt === null) this.#erased += 1;
    if (row.act === FORGET_ACT) this.#allowed += Number(row.detail["deeds"] ?? 0);
    this.#end = { entries: this.#end.entries + 1, mac: row.mac ?? "" };
    return true;
  }

  /** A row beside the chain that is younger than its beginning. */
  foreign(): void {
    this.#fault ??= { kind: "added", place: this.#end.entries + 1 };
  }

  /** The end of the rows must be the end that the head knows. */
  finish(head: AuditHead | null): ChainReport {
    const { entries, mac } = this.#end;
    if (this.#fault === null) {
      const known = head === null ? entries === 0 : this.#isHead(head);
      if (!known) this.#fault = { kind: "cut", place: entries };
      else if (this.#erased > this.#allowed) this.#fault = { kind: "emptied", place: entries };
    }
    return { entries: mac === "" ? 0 : entries, erased: this.#erased, fault: this.#fault };
  }

  #faultOf(row: AuditEntry): ChainFault["kind"] | null {
    if (row.place !== this.#end.entries + 1) return "missing";
    if (row.commitment === null || row.mac === null) return "changed";
    if (!same(macOf(this.#key, this.#end, row.at, row.commitment), row.mac)) return "changed";
    if (row.salt === null) return null;
    return same(commitmentOf(this.#key, row.salt, row), row.commitment) ? null : "changed";
  }

  #isHead(head: AuditHead): boolean {
    return (
      head.entries === this.#end.entries &&
      same(head.mac, this.#end.mac) &&
      same(head.seal, sealOf(this.#key, this.#end))
    );
  }
}
