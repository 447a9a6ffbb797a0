import { Modal, Skeleton } from 'antd';
import { Suspense, useEffect } from 'react';
import { lazyPart } from '../ui/lazy-part';
import fa from '../i18n/fa.json';

const Palette = lazyPart(() => import('./palette').then(({ Palette: part }) => part));

/** Ctrl+K, Cmd+K or / opens it. */
export function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]');
      const isSlash = event.key === '/' && !typing;
      const isK = event.code === 'KeyK' && (event.ctrlKey || event.metaKey);
      if (!isSlash && !isK) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

/** Finds pages by their names, and the things in them by what is typed. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      title={null}
      destroyOnHidden
      styles={{ container: { padding: 12 } }}
      aria-label={fa.searchPanel}
    >
      <Suspense fallback={<Skeleton.Input active block />}>
        <Palette onDone={onClose} />
      </Suspense>
    </Modal>
  );
}
