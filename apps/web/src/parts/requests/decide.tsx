import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { fill, toman } from '../../ui/format';
import { ReasonButton } from '../../ui/reason-button';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';

interface Props {
  readonly customerName: string;
  readonly amountRials: number;
  /** What giving it means, said before it is given. */
  readonly giveWhat: string;
  readonly approve: () => Promise<unknown>;
  readonly refuseTitle: string;
  readonly refuseWhat?: string;
  readonly refuse: (reason: string) => Promise<unknown>;
  /** Queries that are read again, by the beginning of their key. */
  readonly refresh: readonly (readonly string[])[];
}

/** Credit that somebody asks for or has earned: given after a question, or refused with a reason (BIL-209, BIL-211). */
export function Decide(props: Props) {
  const { customerName: name, amountRials, giveWhat, refuseTitle, refuseWhat, refuse, refresh } = props;
  const confirm = useConfirm();
  const queries = useQueryClient();
  const approve = useAction({
    act: props.approve,
    said: fill(fa.given, { amount: toman(amountRials), name }),
    refresh,
  });
  const ask = async (): Promise<void> => {
    const title = fill(fa.giveTitle, { amount: toman(amountRials), name });
    if (await confirm({ title, content: giveWhat, action: fa.approve })) approve.mutate();
  };
  return (
    <Flex gap="small" wrap justify="end">
      <Button type="primary" loading={approve.isPending} onClick={() => void ask()}>
        {fa.approve}
      </Button>
      <ReasonButton
        action={fa.refuse}
        title={fill(refuseTitle, { name })}
        content={refuseWhat && <p>{refuseWhat}</p>}
        label={fa.refusal}
        act={refuse}
        done={() => Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })))}
      />
    </Flex>
  );
}
