import { CheckOutlined } from '@ant-design/icons';
import { theme } from 'antd';
import { number } from './format';
import words from './terms.fa.json';

/** Number of a step from 0 in a Persian circle; a done one is ticked. */
export function StepNumber({ at, done, current }: { at: number; done: boolean; current: boolean }) {
  const { token } = theme.useToken();
  return (
    <span
      className="step-number"
      style={{
        background: current ? token.colorPrimary : token.colorFillSecondary,
        color: current ? token.colorBgContainer : token.colorText,
      }}
    >
      {done ? <CheckOutlined aria-label={words.stepDone} /> : number(at + 1)}
    </span>
  );
}
