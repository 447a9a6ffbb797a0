import type { ComponentProps } from 'react';
import { fill, number } from './format';
import { inWords } from './amount-words';
import { NumberInput } from './inputs';
import words from './amount.fa.json';

type InputProps = Omit<ComponentProps<typeof NumberInput>, 'value' | 'onChange' | 'suffix'> & {
  /** Whole Rial. */
  readonly value?: number | null;
  readonly onChange?: (rials: number | null) => void;
};

/** An amount that is typed in Toman and kept in Rial (BIL-204), with what it is in words below. */
export function TomanInput({ value, onChange, ...props }: InputProps) {
  const said = typeof value === 'number' && value > 0 ? inWords(value / 10) : undefined;
  return (
    <>
      <NumberInput
        precision={1}
        suffix={words.unit}
        {...props}
        value={typeof value === 'number' ? value / 10 : null}
        onChange={(toman) => onChange?.(typeof toman === 'number' ? Math.round(toman * 10) : null)}
      />
      {said && (
        <small style={{ opacity: 0.75 }} aria-live="polite">
          {fill(words.inWords, { words: said })}
        </small>
      )}
    </>
  );
}

/** An amount alone in large letters: without the odd Rial. */
export function WholeToman({ rials }: { rials: number }) {
  return <Toman rials={rials - (rials % 10)} />;
}

/** A change of a wallet keeps its sign at the left of its digits. */
export function Toman({ rials, signed = false }: { rials: number; signed?: boolean }) {
  const sign = signed && rials > 0 ? '+' : '';
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span className="ltr">
        {sign}
        {number(rials / 10, 1)}
      </span>{' '}
      {words.unit}
    </span>
  );
}
