import type { Redis } from 'ioredis';

/** A command, as Redis knows it. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/** The answers of these commands, in one round trip; one that failed fails them all. */
export async function runPipeline(redis: Redis, commands: readonly Command[]): Promise<unknown[]> {
  const answers = (await redis.pipeline(commands.map((command) => [...command])).exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
