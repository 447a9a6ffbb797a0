import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { ApiError } from '../api/client';
import { useSay } from './toasts';

interface Options<Input> {
  readonly act: (input: Input) => Promise<unknown>;
  /** Said when it is done. */
  readonly said?: string;
  /** Queries that are read again, by the beginning of their key. */
  readonly refresh?: readonly (readonly unknown[])[];
}

/** A button's deed: what was refused is said, what changed is read again. */
export function useAction<Input = void>({
  act,
  said,
  refresh = [],
}: Options<Input>): UseMutationResult<unknown, Error, Input> {
  const say = useSay();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (said) say.success(said);
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
    },
    onError: (error) => say.error(error instanceof ApiError ? error.message : String(error)),
  });
}
