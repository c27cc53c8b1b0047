/** Legs that are only written down: what the REST side asks of them is kept, for a test to read. */
import { GoneError } from "../../../simulator/carrier/call-control.ts";
import type {
  CallControl,
  CallRecord,
  CreateCall,
} from "../../../simulator/carrier/call-control.ts";

/** What was done to which leg: the method, the leg, and the rest of its arguments. */
export type Deed = readonly [method: string, uuid: string, ...rest: unknown[]];

export const REGION = "eu-west";

/** A running inbound call. */
export function callRecord(uuid: string, fields: Partial<CallRecord> = {}): CallRecord {
  return {
    uuid,
    conversation_uuid: `CON-${uuid}`,
    to: { type: "phone", number: "14155550100" },
    from: { type: "phone", number: "447700900001" },
    status: "answered",
    direction: "inbound",
    region: REGION,
    ...fields,
  };
}

/** What a call has once it is over. */
export const ENDED: Partial<CallRecord> = {
  status: "completed",
  rate: "0.00450000",
  price: "0.00450000",
  duration: "60",
  start_time: "2026-10-20 12:00:00",
  end_time: "2026-10-20 12:01:00",
  network: "65512",
};

export class FakeControl implements CallControl {
  readonly deeds: Deed[] = [];
  readonly created: CreateCall[] = [];
  readonly #records: CallRecord[];

  constructor(records: readonly CallRecord[] = []) {
    this.#records = [...records];
  }

  /** Adds a leg. */
  know(record: CallRecord): void {
    this.#records.push(record);
  }

  list(): readonly CallRecord[] {
    return this.#records;
  }

  get(uuid: string): CallRecord | null {
    return this.#records.find((record) => record.uuid === uuid) ?? null;
  }

  create(call: CreateCall): CallRecord {
    this.created.push(call);
    const from = { type: "phone", number: call.from } as const;
    const record = callRecord(`outbound-${this.created.length}`, {
      to: call.to,
      from,
      status: "started",
      direction: "outbound",
    });
    this.#records.push(record);
    return record;
  }

  hangup(uuid: string): void {
    this.#do("hangup", uuid);
    Object.assign(this.get(uuid) ?? {}, ENDED);
  }

  mute(uuid: string, on: boolean): void {
    this.#do("mute", uuid, on);
  }

  earmuff(uuid: string, on: boolean): void {
    this.#do("earmuff", uuid, on);
  }

  transfer(uuid: string, destination: { ncco: unknown[] } | { url: string }): void {
    this.#do("transfer", uuid, destination);
  }

  talk(uuid: string, talk: { text: string; language?: string; loop?: number }): void {
    this.#do("talk", uuid, talk);
  }

  stopTalk(uuid: string): void {
    this.#do("stopTalk", uuid);
  }

  stream(uuid: string, stream: { url: string; loop?: number }): void {
    this.#do("stream", uuid, stream);
  }

  stopStream(uuid: string): void {
    this.#do("stopStream", uuid);
  }

  dtmf(uuid: string, digits: string): void {
    this.#do("dtmf", uuid, digits);
  }

  #do(...deed: Deed): void {
    const uuid = deed[1];
    if (this.get(uuid)?.status !== "answered" && this.get(uuid)?.status !== "started") {
      throw new GoneError(uuid);
    }
    this.deeds.push(deed);
  }
}
