/** This browser has no way to seal what it sends frame by frame. */
export class CannotSeal extends Error {
  override readonly name = 'CannotSeal';
}

/** As livekit-client asks it too, but known before that is loaded. */
export function canSeal(): boolean {
  const { RTCRtpSender: Sender } = globalThis as { RTCRtpSender?: { readonly prototype: object } };
  return 'RTCRtpScriptTransform' in globalThis || 'createEncodedStreams' in (Sender?.prototype ?? {});
}
