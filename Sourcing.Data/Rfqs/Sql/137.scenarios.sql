-- A what-if is a question: whoever may award throws it away. One that an award was made by is held by the award's foreign key.
insert into app.audit_parents (table_name, column_name) values ('award_scenarios', 'rfq_id') on conflict (table_name) do update set column_name = excluded.column_name;
grant delete on award_scenarios to sourcing_internal;
