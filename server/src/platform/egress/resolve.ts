import { Resolver } from 'node:dns/promises';

const ANSWER_WITHIN_MS = 2_000;

/**
 * Asks the name servers themselves, past the machine's own hosts file and search domains: what only this machine knows is
 * nothing to fetch. IPv4 comes first, which every server can reach.
 */
export async function resolveByDns(hostName: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(hostName), resolver.resolve6(hostName)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}
