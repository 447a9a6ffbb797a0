import { BulbOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useState } from 'react';
import fa from './fa.json';

/** Changes with what is introduced, so that the next ability is shown to who put this one away. */
const key = 'peyk.introduced';
const ability = 'palette';

function isNew(): boolean {
  try {
    return localStorage.getItem(key) !== ability;
  } catch {
    return true;
  }
}

/** A newly added ability is introduced until it is put away (WEB-027). */
export function NewAbility() {
  const [shown, setShown] = useState(isNew);
  if (!shown) return null;
  const putAway = (): void => {
    setShown(false);
    try {
      localStorage.setItem(key, ability);
    } catch {
      // It is shown again on the next visit.
    }
  };
  return (
    <Alert
      type="info"
      showIcon
      icon={<BulbOutlined />}
      title={fa.newAbility}
      description={fa.paletteAbout}
      closable={{ closeIcon: true, 'aria-label': fa.putAway, onClose: putAway }}
    />
  );
}
