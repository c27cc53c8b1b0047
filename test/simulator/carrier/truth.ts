/** The ground truth: which leg is in which named conversation, now and at every earlier moment. */

export interface Stay {
  readonly leg: string;
  /** The conversation's name, as an NCCO gave it. */
  readonly conversation: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** Null while it lasts; the moment itself no longer belongs to the stay. */
  readonly to: number | null;
}

export class Truth {
  readonly #stays: Stay[] = [];
  /** The index of a leg's unfinished stay. */
  readonly #current = new Map<string, number>();
  readonly #revisions = new Map<string, number>();

  /** Puts a leg into a conversation, out of any other: a leg hears one at a time. */
  enter(leg: string, conversation: string, at: number): void {
    this.leave(leg, at);
    this.#current.set(leg, this.#stays.push({ leg, conversation, from: at, to: null }) - 1);
    this.#touch(conversation);
  }

  /** Takes a leg out of its conversation; nothing happens to one that is in none. */
  leave(leg: string, at: number): void {
    const index = this.#current.get(leg);
    const stay = index === undefined ? undefined : this.#stays[index];
    if (index === undefined || stay === undefined) return;
    this.#stays[index] = { ...stay, to: at };
    this.#current.delete(leg);
    this.#touch(stay.conversation);
  }

  /** The conversation that a leg is in, or null. */
  whereIs(leg: string): string | null {
    const index = this.#current.get(leg);
    return index === undefined ? null : (this.#stays[index]?.conversation ?? null);
  }

  /** The legs in a conversation now. */
  present(conversation: string): ReadonlySet<string> {
    return legsOf(this.#stays, (stay) => stay.conversation === conversation && stay.to === null);
  }

  /** The legs that were in a conversation at a moment. */
  presentAt(conversation: string, at: number): ReadonlySet<string> {
    return legsOf(
      this.#stays,
      (stay) =>
        stay.conversation === conversation && stay.from <= at && (stay.to === null || at < stay.to),
    );
  }

  /** Every stay in a conversation, the first one first. */
  stays(conversation: string): readonly Stay[] {
    return this.#stays.filter((stay) => stay.conversation === conversation);
  }

  /** Grows with every change of a conversation, so that an observer can tell that nothing happened in between. */
  revision(conversation: string): number {
    return this.#revisions.get(conversation) ?? 0;
  }

  #touch(conversation: string): void {
    this.#revisions.set(conversation, this.revision(conversation) + 1);
  }
}

function legsOf(stays: readonly Stay[], matches: (stay: Stay) => boolean): ReadonlySet<string> {
  return new Set(stays.filter(matches).map((stay) => stay.leg));
}
