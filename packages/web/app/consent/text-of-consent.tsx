import type { ConsentLabels } from '@undertone/clinic/consent/labels.ts';
import type { ConsentContent, Particulars } from '@undertone/clinic/consent/schema.ts';

/** The text as it will be sealed: sections, what was filled in for this person, risks with their counts, sources. */
export function TextOfConsent({
  content,
  particulars,
  labels,
}: {
  readonly content: ConsentContent;
  readonly particulars: Pick<Particulars, 'diagnosis' | 'operator' | 'pigments' | 'price'>;
  readonly labels: ConsentLabels;
}) {
  return (
    <div className="consent-text">
      {content.sections.map(({ id, heading, lines }) => (
        <section key={id}>
          <h2>{heading}</h2>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {id === 'diagnosis' && particulars.diagnosis !== '' ? (
            <p>
              <strong>{particulars.diagnosis}</strong>
            </p>
          ) : null}
          {id === 'operator' ? (
            <p>
              {labels.operator}: <strong>{particulars.operator}</strong>
            </p>
          ) : null}
          {id === 'pigments' ? (
            particulars.pigments.length === 0 ? (
              <p>{labels.noPigments}</p>
            ) : (
              <ul>
                {particulars.pigments.map(({ name, ci, lot }) => (
                  <li key={`${name} ${lot}`}>
                    {name}
                    {ci === '' ? '' : `, ${ci}`}
                    {lot === '' ? '' : `, ${labels.lot} ${lot}`}
                  </li>
                ))}
              </ul>
            )
          ) : null}
          {id === 'risks' ? (
            <dl className="consent-risks">
              {content.risks.map(({ label, figures, onset }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  {figures.map((figure) => (
                    <dd key={figure}>{figure}</dd>
                  ))}
                  <dd className="soft">
                    {labels.onset}: {onset}
                  </dd>
                </div>
              ))}
            </dl>
          ) : null}
          {id === 'cost' && particulars.price !== '' ? (
            <p>
              {labels.price}: <strong>{particulars.price}</strong>
            </p>
          ) : null}
        </section>
      ))}
    </div>
  );
}
