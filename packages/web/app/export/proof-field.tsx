interface ProofFieldProps {
  /** What the person says to show that the link is hers. */
  readonly asks: 'birth-date' | 'phone';
  readonly words: { readonly phoneEnd: string; readonly birthDate: string };
  /** Why the last answer was not taken. */
  readonly fault: string | undefined;
}

/** The one question behind a link to one's own record: named `answer`, complete without scripts. */
export function ProofField({ asks, words, fault }: ProofFieldProps) {
  return (
    <div className="field">
      <label className="field-label" htmlFor="answer">
        {asks === 'phone' ? words.phoneEnd : words.birthDate}
      </label>
      <input
        className="input"
        id="answer"
        name="answer"
        type={asks === 'phone' ? 'text' : 'date'}
        inputMode={asks === 'phone' ? 'numeric' : undefined}
        required
        aria-describedby="answer-fault"
        aria-invalid={fault === undefined ? undefined : true}
      />
      <p className="field-error" id="answer-fault" role="alert">
        {fault}
      </p>
    </div>
  );
}
