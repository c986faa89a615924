/** The fixed words of the model card. */
export const CARD_WORDS = {
  format: "huiyin-model-card-2",
  method:
    "Per language three logistic regressions (AdaGrad, seeded) over hashed character 1-4-grams (zh) or words 1-2 and character 2-4-grams (en), weights rounded to one byte: a general one over reviews, tweets and chit-chat; one for a group's talk, fitted upon a quarter of the general log-odds from conversations and lines written for Huiyin, service lines and a seventh of the chit-chat; one for reviews. A small network (direct weights and 16 tanh units, the mean of two fits by Adam, seeded) combines them with the strength of the word rules, the sentiment, further marks of the text, and how likely the lines before it were complaints. All rows are cut into four parts, conversations whole, each group written in a hand of its own; the networks and all figures rest on tables and networks that were fitted without the part they judge. The shipped weights are trained on all rows.",
  limits: [
    "No real group-buy chat was available: conversations written for Huiyin, text messages, chit-chat and service lines stand in for it.",
    "The unlabelled service lines were labelled by one language model in one pass; arguable ones were left out.",
    "Chit-chat counts as no complaint without having been read. Labels of reviews speak of the whole review.",
    "Voice, pictures and irony without a word of trouble are not understood.",
    "The word lists were improved after reading misses among Huiyin's own lines and the likeliest false alarms among held-out chat, so the figures there flatter.",
    "Praise in the haystack comes from reviews whose labels hold about one plain complaint in ten: its false alarms are counted too high.",
  ],
} as const;
