import { rpcsOf } from '../core/define';
import { targetingListsRpc } from './lists.rpc';
import { targetingRecipientsRpc } from './recipients.rpc';
import { targetingUploadsRpc } from './uploads.rpc';

export const targetingRpcs = rpcsOf('targeting', {
  lists: targetingListsRpc,
  recipients: targetingRecipientsRpc,
  uploads: targetingUploadsRpc,
});
