import type { ConsentWords } from './shape.ts';

export const en: ConsentWords = {
  title: 'Consent to micro-pigmentation',
  lead: 'Please read this at your own pace. Ask about anything that is unclear. Nobody minds if you say no.',
  headings: {
    diagnosis: 'What was found',
    what: 'What is done',
    alternatives: 'Other ways',
    operator: 'Who does it',
    course: 'Visits and discomfort',
    pigments: 'Pigments',
    risks: 'What can go wrong',
    colour: 'Colour',
    removal: 'Taking it out again',
    numbing: 'Numbing',
    inform: 'Good to know for later',
    aftercare: 'Your part afterwards',
    cost: 'Cost',
    data: 'Your data',
    rights: 'Your rights',
  },
  of: {
    scalp: {
      name: 'scalp',
      what: [
        'Needles place many small dots of pigment into the skin of the scalp, so that thin or bare places look like short hair.',
        'It covers what is seen. It does not treat hair loss, and no hair grows from it.',
      ],
      alternatives:
        'Doing nothing, a shaved head, hair fibres or a hairpiece, medicines for hair loss, or a hair transplant.',
      course: 'Usually about three visits, days to weeks apart; large areas need more.',
      aftercare:
        'Keep the scalp dry for three days, do not scratch, no pool, sauna or strong sun for four weeks.',
      own: ['Hair loss may go on. The dots stay where they are and stay dark when hair turns grey.'],
      question: {
        question: 'What does this treatment do for the scalp?',
        options: [
          'It makes thin places look fuller; hair loss itself goes on as before',
          'It makes new hair grow',
          'It ends hair loss',
        ],
        because: 'The dots only cover what is seen. Hair loss is not treated by them.',
      },
    },
    lip: {
      name: 'lips',
      what: [
        'Needles place pigment into the lip or into a scar beside it, so that its colour comes closer to the lip around it.',
        'It covers what is seen. The scar itself, its shape and its height stay.',
      ],
      alternatives:
        'Doing nothing, lip make-up, treatment of the cause of dark colour, or surgery on a scar.',
      course: 'Usually two visits, for dark lips two to four, six to eight weeks apart.',
      aftercare:
        'Ointment as shown, no picking while the lip peels, no spicy or salty food for three days, no peel or filler for four weeks.',
      own: ['Cold sores can come back after work on the lip. Say so if you ever had one.'],
      question: {
        question: 'What happens to a scar when pigment is placed in it?',
        options: [
          'Its colour comes closer to the lip; its shape and height stay',
          'The scar disappears',
          'The lip grows together anew',
        ],
        because: 'Pigment changes colour only. Shape and height of a scar stay as they are.',
      },
    },
    vitiligo: {
      name: 'white patches',
      what: [
        'Needles place skin-coloured pigment into a white patch, so that it differs less from the skin around it.',
        'It covers what is seen. It does not treat vitiligo, and it does not bring back the skin’s own colour.',
      ],
      alternatives:
        'Doing nothing, cover cream, medicines or light therapy that may bring back colour, or grafting.',
      course: 'Usually two to three visits, up to five, at least four to six weeks apart.',
      aftercare:
        'Wash gently, no scratching or tight clothing, strict sun protection, light therapy only when your doctor says so.',
      own: [
        'Vitiligo may spread, and needling itself can start new patches. That is why a small trial spot comes first.',
        'The skin around a patch tans in the sun; the pigment does not, so the difference can come back in summer.',
      ],
      question: {
        question: 'Can vitiligo spread after this treatment?',
        options: [
          'Yes, it can, also because of the needling',
          'No, the treatment keeps it from spreading',
          'Only on the other side of the body',
        ],
        because:
          'Pigment covers a patch. It does not hold vitiligo back, and needling can start new patches.',
      },
    },
  },
  diagnosis: 'The doctor examined the place to be treated and told you what it is.',
  operator: 'You may ask about training and experience, and you may ask for another person.',
  pain: 'Needling is felt, and some people find it painful. You can ask for a pause or for an end at any time.',
  pigments: [
    'These pigments are planned. Each has a Colour Index number and the maker’s lot number, so that it can be traced.',
    'The US authority FDA has approved no pigment for injection into skin; India has no standard for tattoo inks.',
    'A patch spot can show an early reaction. It cannot rule out an allergy.',
  ],
  risks: [
    'These are published counts, often from related treatments. “Unknown” means that nobody has counted.',
    'Some things show up only after months or years, so please come to the later check-ups as well.',
  ],
  unknown: 'unknown',
  figure: (events, people, percent) =>
    events === undefined
      ? `${percent} % of ${people.toLocaleString('en-IN')} people`
      : `${events} of ${people.toLocaleString('en-IN')} people (${percent} %)`,
  colour: [
    'The colour may never match. It looks darker at first, lighter in the weeks after, and is judged from week six on.',
    'It fades over years, unevenly at times, and needs refreshing if you want to keep it. Some colour may stay for good.',
  ],
  removal:
    'Taking pigment out is hard. Laser can turn some pigments darker, so tell anyone who plans a laser.',
  numbing:
    'Numbing creams or injections can cause allergy and, in too large an amount, seizures or heart trouble. Amounts are added up and limited.',
  inform: [
    'Before an MRI scan tell the staff; most scans can be done, and a few people felt short tingling.',
    'Blood banks ask for a pause after a tattoo; ask yours.',
    'Armed forces and some employers accept tattoos only in certain places; ask before treatment.',
  ],
  aftercare: 'Come or call the same day with growing redness, pus, fever, eye trouble or fast swelling.',
  cost: [
    'You were told the price, tax, what a touch-up costs and what is paid back if you stop.',
    'If the result does not please you, this by itself gives no right to money back unless the clinic has written so.',
  ],
  data: [
    'The clinic keeps your record, encrypted, for as long as the law asks and as late reactions make sensible.',
    'You may see it, have a copy, have mistakes put right, and complain to the Data Protection Board.',
  ],
  rights: [
    'You may say no now and later, without giving a reason and without any disadvantage for other care.',
    'This consent is for this treatment only. Anything else is asked for anew.',
    'There is time to think before treatment begins.',
  ],
  questions: {
    colour: {
      question: 'What can be said about the colour?',
      options: [
        'It may never match, and it fades over years',
        'It matches exactly and stays as it is',
        'It is the final colour on the day of treatment',
      ],
      because: 'An exact match cannot be promised, and the colour changes while it heals and over years.',
    },
    allergy: {
      question: 'A patch spot showed no early reaction. What does that mean?',
      options: ['An allergy is still possible', 'An allergy is ruled out', 'Later check-ups are not needed'],
      because: 'No test can rule out an allergy to pigment; reactions have come after weeks and after years.',
    },
    warning: {
      question: 'A few days later the place is hotter, redder and oozes pus. What do you do?',
      options: [
        'Call or come to the clinic the same day',
        'Wait for the next appointment',
        'Cover it with make-up',
      ],
      because: 'These can be signs of an infection, which is treated the better the earlier.',
    },
    withdrawal: {
      question: 'You have signed and change your mind. What then?',
      options: [
        'I may withdraw at any time, without a reason',
        'I have to go through with it',
        'I may withdraw only on the same day',
      ],
      because: 'You may withdraw at any time, also during a session.',
    },
  },
  declarations: {
    patient:
      'I have read this or had it read to me, I could ask questions, and I agree to this treatment. I know that I may withdraw at any time.',
    guardian:
      'I have the right to decide for this young person, I have read this, and I agree to the treatment.',
    assent: 'I am under 18. It was explained to me in words I understand, and I want this treatment too.',
    interpreter: 'I have translated everything that was said and written, fully and truly.',
    witness: 'I was present. The person signed freely and of their own will.',
  },
  photos: {
    lead: 'Photographs are asked for separately. Say yes only to what you want. Treatment does not depend on it.',
    uses: {
      record: 'For my own record, to compare before and after',
      teaching: 'For teaching inside the profession',
      publication: 'For publication in a professional journal or book',
      'social-media': 'For the clinic’s website or social media',
    },
    identifiable: 'I may be recognised in it',
    minor: 'Under 18, photographs are used for the record and for teaching only.',
  },
};
