import { Button } from 'antd';
import type { ComponentProps } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

type Props = Omit<ComponentProps<typeof Button>, 'href' | 'onClick' | 'htmlType'> & { readonly to: string };

/** A link that looks like a button: it opens in a new tab too, and is one stop for the keyboard. */
export function LinkButton({ to, ...props }: Props) {
  const href = useHref(to);
  const go = useLinkClickHandler<HTMLElement>(to);
  return <Button {...props} href={href} onClick={(event) => go(event)} />;
}
