import { type FormEvent, useRef, useState } from 'react';
import { ApiError, type ApiErrorCode } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';

interface FormRules<Field extends string> {
  /** What is wrong before the server is asked. */
  readonly check: () => ReadonlyMap<Field, string>;
  /** At which field a refusal stands; the others stand above the button. */
  readonly placeOf: Partial<Record<ApiErrorCode, Field>>;
  readonly submit: () => Promise<void>;
}

interface Form<Field extends string> {
  readonly errors: ReadonlyMap<Field, string>;
  /** What no single field is to blame for. */
  readonly error: string | undefined;
  readonly isBusy: boolean;
  readonly onSubmit: (event: FormEvent) => void;
  /** A changed field is innocent again. */
  readonly forgive: (field: Field) => void;
}

/** The entries that are wrong, as `[isWrong, field, sentence]`. */
export function wrong<Field extends string>(
  ...found: readonly (readonly [boolean, Field, string])[]
): ReadonlyMap<Field, string> {
  return new Map(found.filter(([isWrong]) => isWrong).map(([, field, sentence]) => [field, sentence]));
}

/** A form whose errors stand where they belong; the first wrong field gets the focus. Fields carry `name={field}`. */
export function useForm<Field extends string>({ check, placeOf, submit }: FormRules<Field>): Form<Field> {
  const errorText = useErrorText();
  const [errors, setErrors] = useState<ReadonlyMap<Field, string>>(new Map());
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isSubmitting = useRef(false);

  function show(form: Element, found: ReadonlyMap<Field, string>): void {
    setErrors(found);
    const inputs = [...form.querySelectorAll('input')];
    inputs.find(({ name }) => [...found.keys()].some((field) => field === name))?.focus();
  }

  async function run(form: Element): Promise<void> {
    setError(undefined);
    const found = check();
    show(form, found);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await submit();
    } catch (failure) {
      const field = failure instanceof ApiError ? placeOf[failure.code] : undefined;
      if (field === undefined) setError(errorText(failure));
      else show(form, new Map([[field, errorText(failure)]]));
    } finally {
      setBusy(false);
    }
  }

  return {
    errors,
    error,
    isBusy,
    onSubmit(event) {
      event.preventDefault();
      if (isSubmitting.current) return;
      isSubmitting.current = true;
      void run(event.currentTarget).finally(() => {
        isSubmitting.current = false;
      });
    },
    forgive: (field) => setErrors((known) => new Map([...known].filter(([name]) => name !== field))),
  };
}
