import { callRoutes } from '@dialog/shared/calls';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import type { CallFailure } from './call.store.ts';
import { useCalls } from './useCalls.ts';

export type CallStatus = RouteReply<typeof callRoutes.getCallStatus>['status'];

const ASK_EVERY_MS = 2_000;

/** Whether calls can be made now, kept fresh as long as it is looked at; null before the first answer. */
export function useCallStatus(): CallStatus | null {
  const { call } = useCalls();
  const [status, setStatus] = useState<CallStatus | null>(null);
  useEffect(() => {
    let isShown = true;
    const ask = (): void => {
      call(callRoutes.getCallStatus, {})
        .then((answer) => isShown && setStatus(answer.status))
        .catch(() => {}); // The banner on the connection says it.
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [call]);
  return status;
}

export function useCallFailureText(): (failure: CallFailure) => string {
  const { t } = useTranslation('calls');
  const errorText = useErrorText();
  return (failure) =>
    failure === 'no-media' || failure === 'no-sealing' ? t(failure) : errorText(new ApiError(failure));
}
