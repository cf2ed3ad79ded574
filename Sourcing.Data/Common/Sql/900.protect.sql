-- After the tables: ownership, rights, row-level security, history, moments. Derived from the catalogue, so that no table is forgotten.
do $$
declare
    thing record;
    accounts text[] := array['users', 'roles', 'user_roles', 'user_claims', 'user_logins', 'user_tokens', 'role_claims', 'user_passkeys', 'data_protection_keys'];
    unaudited text[] := array['audit_entries', 'form_keys', 'number_sequences', 'notifications', 'outbox_messages', 'saved_views', 'user_tokens',
        'data_protection_keys', 'user_claims', 'user_logins', 'role_claims', 'roles', 'user_passkeys', 'import_rows', 'import_files', 'import_changes', 'job_runs', 'regular_runs', 'planning_snapshots',
        'planned_requirements', 'planning_messages', 'planning_issues', 'sku_forecasts', 'sku_forecast_points', 'supplier_scorecards', 'supplier_kpis',
        'chapter_import_files', 'chapter_row_issues', 'chapter_reported_lines', 'seal_events', 'last_contacts', 'commissions', 'commission_events', 'commission_runs', 'commission_payouts',
        -- Written once, with who and when.
        'report_revisions',
        -- Its history would tell what only the payer may know; it is written once and never changed.
        'closed_business_payers'];
    -- Their room's script says which changes are history.
    chosen text[] := array['procurement_recommendations'];
    -- Results of a plan or forecast, millions of rows of nobody in particular, written by COPY, which row-level security forbids: guarded by rights alone.
    copied text[] := array['planned_requirements', 'planning_messages', 'planning_issues', 'sku_forecasts', 'sku_forecast_points'];
    -- Written inside by their room's functions alone, and read by whoever works there.
    recorded text[] := array['rfq_seals', 'sealed_bids', 'opened_bids', 'seal_events'];
    -- Of suppliers alone: nobody inside reads or writes them.
    outside text[] := array['sealed_copies'];
    -- Of a part of those inside: their room's script says of whom.
    private text[] := app.private_tables();
    has_column boolean;
begin
    for thing in
        select c.oid, c.relname as name, c.relkind
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '__EFMigrationsHistory'
    loop
        execute format('alter table public.%I owner to sourcing_owner', thing.name);

        select exists (select from pg_attribute where attrelid = thing.oid and attname = 'updated_at' and not attisdropped) into has_column;
        if has_column then
            execute format('create or replace trigger touch before update on public.%I for each row execute function app.touch_updated_at()', thing.name);
        end if;

        if not thing.name = any (unaudited || chosen) then
            -- Not even queued for the rows of an import, whose statements are proven once each: a million calls would cost more than the rows.
            execute format('create or replace trigger history after insert or update or delete on public.%I for each row
                when (coalesce(current_setting(''app.import_run'', true), '''') = '''') execute function app.audit(%L)',
                thing.name, (select column_name from app.audit_parents where table_name = thing.name));
            execute format('create or replace trigger history_of_import after insert or update or delete on public.%I for each statement
                when (coalesce(current_setting(''app.import_run'', true), '''') <> '''') execute function app.audit_import()', thing.name);
        end if;

        if thing.name = any (accounts) then
            execute format('grant select, insert, update, delete on public.%I to sourcing_auth', thing.name);
        elsif thing.name = 'audit_entries' then
            grant select on public.audit_entries to sourcing_internal, sourcing_reporting;
            alter table public.audit_entries enable row level security;
            alter table public.audit_entries force row level security;
            drop policy if exists written_by_trigger on public.audit_entries;
            create policy written_by_trigger on public.audit_entries for insert to sourcing_owner with check (true);
            drop policy if exists internal_reads on public.audit_entries;
            create policy internal_reads on public.audit_entries for select to sourcing_internal
                using (table_name <> all ((select app.private_tables())::text[]) or (select app.is_admin()));
            drop policy if exists reporting_reads on public.audit_entries;
            create policy reporting_reads on public.audit_entries for select to sourcing_reporting using (table_name <> all ((select app.private_tables())::text[]));
        elsif thing.name = any (copied) then
            execute format('grant select, insert on public.%I to sourcing_internal', thing.name);
            execute format('grant select on public.%I to sourcing_reporting', thing.name);
        else
            execute format('alter table public.%I enable row level security', thing.name);
            execute format('alter table public.%I force row level security', thing.name);
            execute format('drop policy if exists internal_all on public.%I', thing.name);
            execute format('create policy internal_all on public.%I for all to sourcing_internal using (true) with check (true)', thing.name);
            execute format('drop policy if exists reporting_reads on public.%I', thing.name);
            execute format('create policy reporting_reads on public.%I for select to sourcing_reporting using (true)', thing.name);
            -- Functions that run as the owner (history, proofs) read through this; no login is the owner.
            execute format('drop policy if exists owner_reads on public.%I', thing.name);
            -- Of one person alone: not even functions that run as the owner look in.
            if thing.name = 'closed_business_payers' then
                revoke select on public.closed_business_payers from sourcing_reporting;
                drop policy if exists internal_all on public.closed_business_payers;
                drop policy if exists reporting_reads on public.closed_business_payers;
                continue;
            end if;
            execute format('create policy owner_reads on public.%I for select to sourcing_owner using (true)', thing.name);
            if thing.name = any (private) then
                execute format('revoke select on public.%I from sourcing_reporting', thing.name);
                execute format('drop policy if exists internal_all on public.%I', thing.name);
                execute format('drop policy if exists reporting_reads on public.%I', thing.name);
                continue;
            end if;
            if thing.name = any (recorded || outside) then
                execute format('revoke insert, update, delete on public.%I from sourcing_internal', thing.name);
            else
                execute format('grant insert, update on public.%I to sourcing_internal', thing.name);
            end if;
            if thing.name = any (outside) then
                execute format('revoke select on public.%I from sourcing_internal, sourcing_reporting', thing.name);
                execute format('drop policy if exists internal_all on public.%I', thing.name);
                execute format('drop policy if exists reporting_reads on public.%I', thing.name);
            else
                execute format('grant select on public.%I to sourcing_internal, sourcing_reporting', thing.name);
            end if;
        end if;
    end loop;
    for thing in select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' loop
        execute format('grant usage on sequence public.%I to sourcing_internal, sourcing_auth', thing.name);
    end loop;
end $$;
