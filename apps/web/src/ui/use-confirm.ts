import { App } from 'antd';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import fa from '../i18n/fa.json';

interface Question {
  readonly title: string;
  readonly content?: ReactNode;
  /** The verb on the button: «حذف», «لغو ارسال». */
  readonly action: string;
  readonly danger?: boolean;
}

/** Asks before what cannot be taken back (WEB-205). `if (await confirm({...})) ...` */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp();
  return useCallback(
    async ({ title, content, action, danger = false }) =>
      await modal.confirm({
        title,
        content,
        okText: action,
        cancelText: fa.cancel,
        okButtonProps: { danger },
        focusable: { autoFocusButton: 'cancel' },
      }),
    [modal],
  );
}
