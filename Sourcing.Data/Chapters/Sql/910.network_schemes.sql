-- After the tables are guarded, because the guards look at what is written here.

-- What comes with the app: the same as Schemes.All, which a test holds beside it. Money tiers are regional: a chapter in another currency copies one and sets its own.
insert into score_schemes (id, key, name, number, green, yellow, red, rules, status, activated_at)
select s.id, s.key, s.name, 1, s.green, s.yellow, s.red, s.rules, 'active', now() from (values
    ('00000000-0000-7000-8000-0000000c0001'::uuid, 'global-2025', 'Global 2025', 70, 50, 30,
        '[{"measure": "Attendance", "steps": [{"comparison": "AtLeast", "threshold": 95, "points": 10}, {"comparison": "AtLeast", "threshold": 88, "points": 5}]},
        {"measure": "ReferralsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1.25, "points": 25}, {"comparison": "AtLeast", "threshold": 1, "points": 20}, {"comparison": "AtLeast", "threshold": 0.75, "points": 15}, {"comparison": "AtLeast", "threshold": 0.5, "points": 10}, {"comparison": "AtLeast", "threshold": 0.25, "points": 5}]},
        {"measure": "OneToOnesPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1, "points": 20}, {"comparison": "AtLeast", "threshold": 0.75, "points": 15}, {"comparison": "AtLeast", "threshold": 0.5, "points": 10}, {"comparison": "AtLeast", "threshold": 0.25, "points": 5}]},
        {"measure": "Visitors", "steps": [{"comparison": "AtLeast", "threshold": 5, "points": 25}, {"comparison": "AtLeast", "threshold": 4, "points": 20}, {"comparison": "AtLeast", "threshold": 3, "points": 15}, {"comparison": "AtLeast", "threshold": 2, "points": 10}, {"comparison": "AtLeast", "threshold": 1, "points": 5}]},
        {"measure": "Business", "steps": [{"comparison": "AtLeast", "threshold": 30000, "points": 5}, {"comparison": "AtLeast", "threshold": 15000, "points": 4}, {"comparison": "AtLeast", "threshold": 5000, "points": 3}, {"comparison": "AtLeast", "threshold": 2000, "points": 2}, {"comparison": "MoreThan", "threshold": 0, "points": 1}]},
        {"measure": "CreditsPerMeeting", "steps": [{"comparison": "MoreThan", "threshold": 0.5, "points": 10}, {"comparison": "MoreThan", "threshold": 0, "points": 5}]},
        {"measure": "Sponsored", "steps": [{"comparison": "AtLeast", "threshold": 1, "points": 5}]}]'::jsonb),
    ('00000000-0000-7000-8000-0000000c0002'::uuid, 'hong-kong', 'Global 2025, Hong Kong bands', 70, 40, 30,
        '[{"measure": "Attendance", "steps": [{"comparison": "AtLeast", "threshold": 95, "points": 10}, {"comparison": "AtLeast", "threshold": 88, "points": 5}]},
        {"measure": "ReferralsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1.25, "points": 25}, {"comparison": "AtLeast", "threshold": 1, "points": 20}, {"comparison": "AtLeast", "threshold": 0.75, "points": 15}, {"comparison": "AtLeast", "threshold": 0.5, "points": 10}, {"comparison": "AtLeast", "threshold": 0.25, "points": 5}]},
        {"measure": "OneToOnesPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1, "points": 20}, {"comparison": "AtLeast", "threshold": 0.75, "points": 15}, {"comparison": "AtLeast", "threshold": 0.5, "points": 10}, {"comparison": "AtLeast", "threshold": 0.25, "points": 5}]},
        {"measure": "Visitors", "steps": [{"comparison": "AtLeast", "threshold": 5, "points": 25}, {"comparison": "AtLeast", "threshold": 4, "points": 20}, {"comparison": "AtLeast", "threshold": 3, "points": 15}, {"comparison": "AtLeast", "threshold": 2, "points": 10}, {"comparison": "AtLeast", "threshold": 1, "points": 5}]},
        {"measure": "Business", "steps": [{"comparison": "AtLeast", "threshold": 30000, "points": 5}, {"comparison": "AtLeast", "threshold": 15000, "points": 4}, {"comparison": "AtLeast", "threshold": 5000, "points": 3}, {"comparison": "AtLeast", "threshold": 2000, "points": 2}, {"comparison": "MoreThan", "threshold": 0, "points": 1}]},
        {"measure": "CreditsPerMeeting", "steps": [{"comparison": "MoreThan", "threshold": 0.5, "points": 10}, {"comparison": "MoreThan", "threshold": 0, "points": 5}]},
        {"measure": "Sponsored", "steps": [{"comparison": "AtLeast", "threshold": 1, "points": 5}]}]'::jsonb),
    ('00000000-0000-7000-8000-0000000c0003'::uuid, 'legacy', 'Legacy, seven items', 70, 50, 30,
        '[{"measure": "Absences", "steps": [{"comparison": "AtMost", "threshold": 0, "points": 15}, {"comparison": "AtMost", "threshold": 1, "points": 10}, {"comparison": "AtMost", "threshold": 2, "points": 5}]},
        {"measure": "ReferralsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1.2, "points": 20}, {"comparison": "AtLeast", "threshold": 1, "points": 15}, {"comparison": "AtLeast", "threshold": 0.75, "points": 10}, {"comparison": "AtLeast", "threshold": 0.5, "points": 5}]},
        {"measure": "VisitorsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 0.75, "points": 20}, {"comparison": "AtLeast", "threshold": 0.5, "points": 15}, {"comparison": "AtLeast", "threshold": 0.25, "points": 10}, {"comparison": "AtLeast", "threshold": 0.1, "points": 5}]},
        {"measure": "Business", "steps": [{"comparison": "AtLeast", "threshold": 2000000, "points": 15}, {"comparison": "AtLeast", "threshold": 1000000, "points": 10}, {"comparison": "AtLeast", "threshold": 500000, "points": 5}]},
        {"measure": "Trainings", "steps": [{"comparison": "AtLeast", "threshold": 3, "points": 15}, {"comparison": "AtLeast", "threshold": 2, "points": 10}, {"comparison": "AtLeast", "threshold": 1, "points": 5}]},
        {"measure": "TestimonialsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 0.075, "points": 10}, {"comparison": "MoreThan", "threshold": 0, "points": 5}]},
        {"measure": "Lates", "steps": [{"comparison": "AtMost", "threshold": 0, "points": 5}]}]'::jsonb),
    ('00000000-0000-7000-8000-0000000c0004'::uuid, 'legacy-uk-2012', 'Legacy, United Kingdom 2012', 70, 50, 30,
        '[{"measure": "Absences", "steps": [{"comparison": "AtMost", "threshold": 0, "points": 15}, {"comparison": "AtMost", "threshold": 1, "points": 10}, {"comparison": "AtMost", "threshold": 2, "points": 5}]},
        {"measure": "ReferralsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1.2, "points": 20}, {"comparison": "AtLeast", "threshold": 1, "points": 15}, {"comparison": "AtLeast", "threshold": 0.75, "points": 10}, {"comparison": "AtLeast", "threshold": 0.5, "points": 5}]},
        {"measure": "VisitorsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 0.5, "points": 20}, {"comparison": "AtLeast", "threshold": 0.25, "points": 15}, {"comparison": "AtLeast", "threshold": 0.167, "points": 10}, {"comparison": "AtLeast", "threshold": 0.083, "points": 5}]},
        {"measure": "Business", "steps": [{"comparison": "AtLeast", "threshold": 5000, "points": 15}, {"comparison": "AtLeast", "threshold": 2500, "points": 10}, {"comparison": "AtLeast", "threshold": 1000, "points": 5}]},
        {"measure": "Trainings", "steps": [{"comparison": "AtLeast", "threshold": 3, "points": 15}, {"comparison": "AtLeast", "threshold": 2, "points": 10}, {"comparison": "AtLeast", "threshold": 1, "points": 5}]},
        {"measure": "TestimonialsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 0.075, "points": 10}, {"comparison": "MoreThan", "threshold": 0, "points": 5}]},
        {"measure": "Lates", "steps": [{"comparison": "AtMost", "threshold": 0, "points": 5}]}]'::jsonb),
    ('00000000-0000-7000-8000-0000000c0005'::uuid, 'taiwan', 'Taiwan, six items', 70, 50, 30,
        '[{"measure": "AbsencesAndLates", "steps": [{"comparison": "AtMost", "threshold": 0, "points": 20}, {"comparison": "AtMost", "threshold": 1, "points": 15}, {"comparison": "AtMost", "threshold": 2, "points": 10}]},
        {"measure": "ReferralsPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 1.5, "points": 20}, {"comparison": "AtLeast", "threshold": 1.2, "points": 15}, {"comparison": "AtLeast", "threshold": 0.8, "points": 10}, {"comparison": "AtLeast", "threshold": 0.6, "points": 5}]},
        {"measure": "OneToOnesPerMeeting", "steps": [{"comparison": "AtLeast", "threshold": 2, "points": 15}, {"comparison": "AtLeast", "threshold": 1, "points": 10}, {"comparison": "AtLeast", "threshold": 0.5, "points": 5}]},
        {"measure": "Visitors", "steps": [{"comparison": "AtLeast", "threshold": 11, "points": 15}, {"comparison": "AtLeast", "threshold": 7, "points": 10}]},
        {"measure": "Business", "steps": [{"comparison": "AtLeast", "threshold": 2000000, "points": 15}, {"comparison": "AtLeast", "threshold": 800000, "points": 10}, {"comparison": "AtLeast", "threshold": 400000, "points": 5}]},
        {"measure": "Credits", "steps": [{"comparison": "AtLeast", "threshold": 6, "points": 15}, {"comparison": "AtLeast", "threshold": 4, "points": 10}, {"comparison": "AtLeast", "threshold": 2, "points": 5}]}]'::jsonb)
) as s (id, key, name, green, yellow, red, rules)
where not exists (select from score_schemes x where x.chapter_id is null and x.key = s.key and x.number = 1);

-- Where a chapter has chosen nothing.
insert into chapter_scheme_choices (id, scheme_id, from_month)
select '00000000-0000-7000-8000-0000000c1001', s.id, '2000-01-01' from score_schemes s
where s.chapter_id is null and s.key = 'global-2025' and s.number = 1 and not exists (select from chapter_scheme_choices c where c.chapter_id is null and c.from_month = '2000-01-01');
