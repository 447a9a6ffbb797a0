import type { GlobalToken } from 'antd';
import type { MessageState } from '../../../parts/sends/words';

/** One colour a state in every chart; its word stands in the legend. */
export function stateColors(token: GlobalToken): Readonly<Record<MessageState, string>> {
  return {
    queued: token.colorTextQuaternary,
    sent: token.colorInfo,
    delivered: token.colorSuccess,
    undelivered: token.colorWarning,
    failed: token.colorError,
    in_doubt: token.purple,
    unreported: token.cyan,
    blocked: token.magenta,
    cancelled: token.colorTextTertiary,
  };
}
