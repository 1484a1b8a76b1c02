import { randomUUID } from 'node:crypto';
import { makeGroup, seedPeople } from '../../e2e/support/people.ts';
import type { Person } from '../drivers/dialects.ts';

/** Who is in which chat: for each chat the indexes of its people. */
export interface Shape {
  readonly people: number;
  readonly chats: readonly (readonly number[])[];
}

/** People of one loopback address; servers allow 100 sockets from each. */
const PEOPLE_PER_ADDRESS = 50;
const GROUPS_AT_ONCE = 4;

/** One chat with everyone in it. */
export function oneRoom(people: number): Shape {
  return { people, chats: [range(people)] };
}

/** Chats of `size` that share nobody. */
export function separateChats(chats: number, size: number): Shape {
  return { people: chats * size, chats: Array.from({ length: chats }, (_, chat) => range(size, chat * size)) };
}

/**
 * Everyone in `each` chats of `size`. Person p's chats lie in `each` rows; in row r people are grouped in steps of
 * r + 1, so that the same two people rarely share more than one.
 */
export function mixedChats(people: number, each: number, size: number): Shape {
  const chatsInRow = Math.ceil(people / size);
  const chats: number[][] = [];
  for (let row = 0; row < each; row += 1) {
    const rowChats = Array.from({ length: chatsInRow }, (): number[] => []);
    for (let person = 0; person < people; person += 1) {
      rowChats[(person + Math.floor(person / chatsInRow) * row) % chatsInRow]?.push(person);
    }
    chats.push(...rowChats.filter((chat) => chat.length > 1));
  }
  return { people, chats };
}

function range(length: number, from = 0): number[] {
  return Array.from({ length }, (_, index) => from + index);
}

function addressOf(index: number): string {
  const machine = Math.floor(index / PEOPLE_PER_ADDRESS);
  return `127.0.${1 + Math.floor(machine / 250)}.${1 + (machine % 250)}`;
}

function seat(shape: Shape, chatIds: readonly string[], tokens: readonly string[]): Person[] {
  const chatsOf = Array.from({ length: shape.people }, (): string[] => []);
  for (const [index, members] of shape.chats.entries())
    for (const member of members) chatsOf[member]?.push(chatIds[index] ?? '');
  return chatsOf.map((chats, index) => ({ index, token: tokens[index] ?? '', from: addressOf(index), chatIds: chats }));
}

/** The baseline knows nobody: rooms are names. */
export function bareScene(shape: Shape): Person[] {
  return seat(
    shape,
    shape.chats.map(() => randomUUID()),
    [],
  );
}

export async function dialogScene(shape: Shape, server: { url: string; databaseUrl: string }): Promise<Person[]> {
  const people = await seedPeople(server.databaseUrl, shape.people);
  const chatIds: string[] = [];
  for (let from = 0; from < shape.chats.length; from += GROUPS_AT_ONCE) {
    const groups = shape.chats
      .slice(from, from + GROUPS_AT_ONCE)
      .map((members) => members.flatMap((member) => people[member] ?? []));
    chatIds.push(...(await Promise.all(groups.map((members) => makeGroup(server.url, members)))));
  }
  return seat(
    shape,
    chatIds,
    people.map(({ token }) => token),
  );
}
