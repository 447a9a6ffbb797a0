import AntdIcon from '@ant-design/icons/es/components/AntdIconLight';
import type { ComponentProps } from 'react';

const silent = { role: undefined, 'aria-label': undefined, 'aria-hidden': true };

/**
 * An icon beside words: those who hear the page hear the words only. antd's own says its English file name («wallet») in
 * the name of every button and link around it. One with an `aria-label` stands for itself and is spoken.
 * Vite puts this in the place of antd's (vite.config.mts), so that antd's own parts use it too.
 */
// eslint-disable-next-line no-restricted-syntax -- antd's icons import it so
export default function PlainIcon(props: ComponentProps<typeof AntdIcon>) {
  return <AntdIcon {...(props['aria-label'] ? {} : silent)} {...props} />;
}
