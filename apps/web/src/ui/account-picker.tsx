import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ok } from '../api/client';
import type { Role } from '../api/client';
import { useListState } from './list';
import { useRested } from './use-rested';
import fa from '../i18n/fa.json';

interface Props {
  readonly value?: string;
  readonly onChange?: (accountId: string | undefined) => void;
  readonly role?: Role;
  readonly label: string;
  /** Shown where nobody is chosen; without it the label. */
  readonly placeholder?: string;
  /** Given by Form.Item: ties the label to the input. */
  readonly id?: string;
}
const shownMax = 20;

/** Finds an account by name, username or mobile; the value is its id. For who may list accounts. */
export function AccountPicker({ value, onChange, role, label, placeholder = label, id }: Props) {
  const [typed, setTyped] = useState('');
  const search = useRested(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['accounts', 'picker', role, search],
    queryFn: () =>
      ok(
        api.GET('/api/v1/accounts', {
          params: { query: { limit: shownMax, role, search: search || undefined } },
        }),
      ),
  });
  const name = useAccountName(value);
  const options = (data?.accounts ?? []).map((account) => ({
    value: account.id,
    label: account.name,
    username: account.usernames[0]?.username,
  }));
  if (value && !options.some((option) => option.value === value))
    options.unshift({ value, label: name ?? fa.loading, username: undefined });
  return (
    <Select<string, (typeof options)[number]>
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      aria-label={label}
      placeholder={placeholder}
      loading={isFetching}
      value={value}
      onChange={(next?: string) => {
        setTyped('');
        onChange?.(next);
      }}
      options={options}
      optionRender={({ data: option }) => (
        <>
          {option.label} {option.username && <bdi style={{ opacity: 0.75 }}>{option.username}</bdi>}
        </>
      )}
      notFoundContent={isFetching ? fa.loading : fa.nothingFound}
      style={{ minWidth: 220, maxWidth: '100%' }}
    />
  );
}

/** A filter by account: its id stands in the address. */
export function AccountFilter({
  name = 'customerId',
  ...props
}: {
  name?: string;
  role?: Role;
  label: string;
}) {
  const { filters, set } = useListState();
  return <AccountPicker {...props} value={filters[name]} onChange={(id) => set({ [name]: id })} />;
}

/** Undefined until it is read, or where it may not be. */
export function useAccountName(accountId: string | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ['accounts', 'name', accountId],
    queryFn: async () => {
      const account = await ok(
        api.GET('/api/v1/accounts/{accountId}', { params: { path: { accountId: accountId ?? '' } } }),
      );
      return account.name;
    },
    enabled: accountId !== undefined,
    staleTime: 5 * 60_000,
    retry: false,
  });
  return data;
}

/** Whose id it is, for who may read accounts. */
export function AccountName({ accountId }: { accountId: string }) {
  return <>{useAccountName(accountId) ?? <bdi>{accountId.slice(-8)}</bdi>}</>;
}
