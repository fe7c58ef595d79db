import type { GateTexts } from './shape.ts';

export const en: GateTexts = {
  state: 'unreviewed',
  common: { yes: 'Yes', no: 'No', unsure: 'I am not sure', noneOfThese: 'None of these' },
  lead: 'Does any of these apply to you?',
  unknownReason: 'This was left open. The doctor will go through it with you.',
  steps: {
    you: 'About you',
    area: 'The place to be treated',
    skin: 'Your skin until now',
    medicines: 'Medicines and allergies',
    health: 'Your health',
    'good-to-know': 'Good to know beforehand',
  },
  outcomes: {
    'may-book': {
      title: 'You can book an appointment',
      body: 'Nothing you told us stands in the way of a first visit. The doctor still examines you and decides with you.',
    },
    'wait-until': {
      title: 'Better to wait',
      body: 'Something needs time first. You can talk to the doctor before that if you wish.',
    },
    'see-doctor-first': {
      title: 'Talk to the doctor first',
      body: 'One or more of your answers need a doctor’s look. Please book a consultation, not the treatment.',
    },
    'not-this-treatment': {
      title: 'This treatment does not suit you now',
      body: 'From your answers we would not treat you now. A consultation can show you other ways.',
    },
  },
  gates: {
    G01: {
      question: 'Is there a white patch that no doctor has examined and named yet?',
      reason: 'Several conditions make white patches, and some need their own treatment first.',
    },
    G02: {
      question: 'Is there a dark lip or spot that no doctor has examined and named yet?',
      reason: 'Dark colour can have causes that a doctor must look for first.',
    },
    G03: {
      question: 'Is there a mole, or a spot that has changed, in the place to be treated?',
      reason: 'Pigment can hide later changes in a mole.',
    },
    G04: {
      question: 'Is there an infection, an open wound, eczema or psoriasis in that place now?',
      reason: 'The skin must be calm and healed before needles touch it.',
    },
    G05: {
      question: 'In the last 12 months, has a white patch appeared, grown, or followed a scratch or injury?',
      reason: 'Needling can wake vitiligo that is still active. Doctors ask for 12 quiet months.',
      options: { changed: 'Yes, it changed' },
      date: 'When did you last see a change?',
    },
    G06: {
      question: 'Confetti spots, or a blurred, three-tone or inflamed border?',
      reason: 'These signs show that the vitiligo is active.',
    },
    G07: {
      question: 'Are you having light therapy or tanning, or did you in the last 12 weeks?',
      reason: 'The colour around the patch is still moving, so a match would miss it.',
      options: { ongoing: 'Yes, it is going on', ended: 'It has ended' },
      date: 'When was the last time?',
    },
    G08: {
      question: 'Do you or your close family form thick, raised scars (keloids)?',
      reason: 'Needles can start such scars.',
      options: { self: 'Yes, I do', family: 'Only in my family' },
    },
    G09: {
      question: 'Has your skin ever reacted to a tattoo or to pigment?',
      reason: 'The same pigment could cause the reaction again.',
    },
    G10: {
      question: 'Have you ever had an allergy to a numbing injection or cream?',
      reason: 'The doctor needs to choose how to numb the skin, or whether to.',
    },
    G11: {
      question: 'Do you have a cold sore on or near the lips now?',
      reason: 'Working on the lip would spread it. It must heal first.',
    },
    G12: {
      question: 'Have you had cold sores before?',
      reason: 'Lip work can bring them back. The doctor may prescribe tablets beforehand.',
    },
    G13: {
      question: 'Are you taking isotretinoin (for acne), or did you within the last 6 months?',
      reason: 'Labels advise six months before such procedures; the doctor decides with you.',
      options: { now: 'I take it now', ended: 'The course has ended' },
      date: 'When was the last dose?',
    },
    G14: {
      question: 'Do you take a blood thinner, such as aspirin, clopidogrel, warfarin or apixaban?',
      reason:
        'You may bleed more. Keep taking it exactly as prescribed; the doctor plans around it with your prescriber.',
    },
    G15: {
      question: 'Do you have a bleeding disorder or a low platelet count?',
      reason: 'A specialist has to agree first.',
    },
    G16: {
      question: 'Are you pregnant or breastfeeding?',
      reason: 'Nobody has studied this treatment in that time, and it can wait.',
      options: { pregnant: 'Pregnant', breastfeeding: 'Breastfeeding' },
    },
    G17: {
      question: 'Do you have diabetes?',
      reason: 'High sugar slows healing and favours infection.',
      options: {
        'under-7': 'Yes, last HbA1c under 7 %',
        '7-to-8': 'Yes, last HbA1c 7 to 8 %',
        'over-8': 'Yes, last HbA1c above 8 %',
      },
    },
    G18: {
      question: 'Is your immune system weakened, or do you have a transplant or take a biologic medicine?',
      reason: 'Infection is more likely, so the doctor weighs it with you. Keep taking your medicines.',
    },
    G19: {
      question: 'Do you have a heart valve disease, or did you ever have endocarditis?',
      reason: 'Germs entering through the skin can reach the heart. The doctor decides.',
    },
    G20: {
      question: 'Did you ever have sarcoidosis?',
      reason: 'Pigment in the skin can set off nodules in people with sarcoidosis.',
    },
    G21: {
      question: 'Are you having chemotherapy or radiotherapy, or did you have it?',
      reason: 'Not during treatment. Afterwards your cancer doctor’s letter and blood counts come first.',
      options: { during: 'I am having it now', ended: 'It has ended' },
      date: 'When was the last session?',
    },
    G22: {
      question:
        'Is there a scar in that place that is under a year old, red or raised, or to be operated again?',
      reason: 'A scar changes for about a year; colour placed earlier will not sit well.',
      options: {
        young: 'Under a year old',
        'red-or-raised': 'Red or raised',
        'surgery-planned': 'More surgery is planned',
      },
      date: 'When did the injury or operation happen?',
    },
    G23: {
      question:
        'Did you have a hair transplant in the last 12 months, or are you under 25 and losing hair fast?',
      reason: 'The hairline is still changing. The doctor plans for what is to come.',
      options: { transplant: 'Hair transplant', 'fast-loss-under-25': 'Under 25 and losing hair fast' },
      date: 'When was the transplant?',
    },
    G24: {
      question:
        'Were you told of G6PD deficiency or methaemoglobinaemia, or do you take dapsone, a sulfa medicine, a malaria medicine or a nitrate?',
      reason: 'One numbing cream (with prilocaine) is then not for you; there are others.',
    },
    G25: {
      question: 'Is the patch on or near an eyelid?',
      reason: 'Skin at the eye is very thin and the eye itself can be hurt; the doctor looks first.',
      options: {
        'near-eye-healthy': 'Near the eye, eyes healthy',
        'near-eye-trouble': 'Near the eye, with dry or inflamed eyes, or eye surgery in the last 6 months',
      },
    },
    G26: {
      question: 'Are you under 18?',
      reason: 'We treat adults. For cleft scars and vitiligo a doctor, a guardian and you decide together.',
      options: { 'under-18': 'Yes, under 18' },
      date: 'Date of birth',
    },
    G27: {
      question: 'Intoxication, pressure by others, suspected body dysmorphia, or demand for an exact match?',
      reason: 'The decision should be free and the expectation one that can be met.',
    },
    G28: {
      question: 'Do you want to join the armed forces?',
      reason: 'Some services accept tattoos only in certain places. Please ask them before treatment.',
    },
    G29: {
      question: 'Do you give blood?',
      reason: 'Blood banks ask for a pause after a tattoo; 12 months were reported in India. Ask your bank.',
    },
    G30: {
      question: 'Might you need an MRI scan later?',
      reason:
        'Usually it can be done: in one survey 2 of 135 felt short tingling or burning. Tell the staff.',
    },
  },
};
