import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { UploadOpenDto } from '../core/uploads';
import { ListIdDto, RecipientListDto, UploadAppendDto, UploadCloseDto, ownList } from './lists.rpc';

export const targetingUploadsRpc = {
  open: defineRpc({
    name: 'targeting.uploads.open',
    input: UploadOpenDto,
    output: RecipientListDto,
    access: 'user',
    does: 'Starts a recipient file; its bytes follow in numbered chunks.',
    errors: ['rate.limited'],
  }),
  append: defineRpc({
    name: 'targeting.uploads.append',
    input: UploadAppendDto,
    output: EmptyDto,
    access: 'user',
    does: 'Stores one chunk.',
    errors: [...ownList, 'upload.outOfOrder', 'file.tooLarge'],
    deadlineMs: 15_000,
  }),
  close: defineRpc({
    name: 'targeting.uploads.close',
    input: UploadCloseDto,
    output: RecipientListDto,
    access: 'user',
    does: 'All bytes are there: reading starts; `targeting.list.read` tells its end.',
    errors: [...ownList, 'upload.outOfOrder', 'file.empty'],
  }),
  abort: defineRpc({
    name: 'targeting.uploads.abort',
    input: ListIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'The person went away: what was uploaded is forgotten.',
    errors: [...ownList],
  }),
};
