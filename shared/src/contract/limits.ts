/** A token bucket: `points` per `seconds`, counted by person, by address, or by account named in the request. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
  readonly by: 'user' | 'address' | 'account';
  /** Only what was done counts: an act that is refused gets its point back. Its tries need a limit of their own. */
  readonly countsDoneOnly?: true;
}

/**
 * What one person or address may do how often (SECURITY, "Limits to start with"). The server reads overrides from
 * `LIMITS` (JSON: name → points); no request can switch one off.
 */
export const LIMITS = {
  signInPerAccount: { points: 10, seconds: 900, by: 'account' },
  /** Tries by name and by e-mail address together; who is told of it would learn whose address that is. */
  signInPerPerson: { points: 10, seconds: 900, by: 'account' },
  signInPerAddress: { points: 30, seconds: 900, by: 'address' },
  signUpTriesPerAddress: { points: 30, seconds: 900, by: 'address' },
  signUpPerAddress: { points: 5, seconds: 3600, by: 'address', countsDoneOnly: true },
  /** Proofs that the person of a session is still the one who sits there, as for signing in. */
  confirm: { points: 10, seconds: 900, by: 'user' },
  /** Second steps of signing in, by the account that the first step named. */
  secondFactor: { points: 10, seconds: 900, by: 'user' },
  recoverPerAccount: { points: 10, seconds: 900, by: 'account' },
  recoverPerAddress: { points: 30, seconds: 900, by: 'address' },
  askPasskeyPerAddress: { points: 120, seconds: 900, by: 'address' },
  changePassword: { points: 10, seconds: 900, by: 'user' },
  read: { points: 600, seconds: 60, by: 'user' },
  readPublic: { points: 300, seconds: 60, by: 'address' },
  change: { points: 120, seconds: 60, by: 'user' },
  send: { points: 120, seconds: 60, by: 'user' },
  react: { points: 300, seconds: 60, by: 'user' },
  /** A device saves what is being typed every 1.5 s at most, and at once when it is sent or left. */
  saveDraft: { points: 180, seconds: 60, by: 'user' },
  markRead: { points: 300, seconds: 60, by: 'user' },
  findUser: { points: 30, seconds: 60, by: 'user' },
  search: { points: 30, seconds: 60, by: 'user' },
  /** Each is told in every chat of the person. */
  changeProfile: { points: 20, seconds: 3600, by: 'user' },
  setStatus: { points: 30, seconds: 600, by: 'user' },
  /** Each is opened by a process of its own. */
  picture: { points: 60, seconds: 600, by: 'user' },
  createChat: { points: 30, seconds: 3600, by: 'user' },
  friendRequest: { points: 20, seconds: 3600, by: 'user' },
  /** As well, while the account is younger than a day. */
  friendRequestWhenNew: { points: 5, seconds: 3600, by: 'user' },
  invite: { points: 50, seconds: 3600, by: 'user' },
  /** Looking up and coming in: so that no code is found by trying. */
  inviteTry: { points: 30, seconds: 600, by: 'user' },
  inviteTryPerAddress: { points: 100, seconds: 600, by: 'address' },
  file: { points: 1_200, seconds: 60, by: 'user' },
  upload: { points: 100, seconds: 60, by: 'user' },
  /** In MiB: 2 GB a day. */
  uploadMebibytes: { points: 2_048, seconds: 86_400, by: 'user' },
  startCall: { points: 10, seconds: 60, by: 'user' },
  joinCall: { points: 20, seconds: 60, by: 'user' },
  askToUnmute: { points: 20, seconds: 60, by: 'user' },
  turnCredentials: { points: 20, seconds: 600, by: 'user' },
  /** Of its own: whoever looks into many lobbies is called all the same. */
  probeRelay: { points: 20, seconds: 600, by: 'user' },
  /** A network with many addresses brings some dozens of candidates each time a call is connected. */
  signalCall: { points: 600, seconds: 60, by: 'user' },
  gifs: { points: 60, seconds: 60, by: 'user' },
  preview: { points: 20, seconds: 60, by: 'user' },
  testPush: { points: 10, seconds: 60, by: 'user' },
  claimEmail: { points: 10, seconds: 3600, by: 'user' },
  inviteByMail: { points: 20, seconds: 86_400, by: 'user' },
  askNewPasswordPerAddress: { points: 20, seconds: 3600, by: 'address' },
  askNewPasswordPerAccount: { points: 5, seconds: 3600, by: 'account' },
  mailLinkPerAddress: { points: 60, seconds: 600, by: 'address' },
  /** What strangers can make this server send to one mailbox. */
  mailPerRecipient: { points: 10, seconds: 3600, by: 'account' },
  /** Links to a new password, whoever asked for them. */
  recoveryMail: { points: 10, seconds: 3600, by: 'user' },
  /** Mails about sign-ins: whoever signs in by script fills nobody's mailbox. */
  signInMail: { points: 20, seconds: 86_400, by: 'user' },
  proofMail: { points: 20, seconds: 86_400, by: 'user' },
  askLinkPerAddress: { points: 60, seconds: 600, by: 'address' },
  /** Every second, of some devices at a time. */
  takeLinkPerAddress: { points: 600, seconds: 60, by: 'address' },
  answerLink: { points: 30, seconds: 600, by: 'user' },
  /** Tries at the secret of the operator's outbox page. */
  outboxTryPerAddress: { points: 10, seconds: 900, by: 'address' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
