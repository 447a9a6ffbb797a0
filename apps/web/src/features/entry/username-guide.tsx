import { Collapse } from 'antd';
import fa from './fa.json';

const guide = [
  [fa.guideProfessor, fa.guideProfessorName],
  [fa.guideManager, fa.guideManagerName],
  [fa.guideStudent, fa.guideStudentName],
  [fa.guideExpert, fa.guideExpertName],
  [fa.guideOffice, fa.guideOfficeName],
  [fa.guideCustomer, fa.guideCustomerName],
] as const;

/** Which code is whose username, and what the first password is (WEB-004, IDN-007..011). */
export function UsernameGuide() {
  return (
    <Collapse
      items={[
        {
          key: 'guide',
          label: fa.guide,
          children: (
            <>
              <dl className="card-facts">
                {guide.map(([role, username]) => (
                  <div key={role}>
                    <dt>{role}</dt>
                    <dd>{username}</dd>
                  </div>
                ))}
              </dl>
              <p style={{ marginBlockEnd: 0 }}>{fa.guidePassword}</p>
            </>
          ),
        },
      ]}
    />
  );
}
