using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

/// <summary>What must hold for every table, read from the catalogue, so that no table made later is forgotten.</summary>
public sealed class CatalogueTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Tables of accounts are reached by the login for accounts alone and have no rows of others in this sense.
    private const string Accounts = "'users', 'roles', 'user_roles', 'user_claims', 'user_logins', 'user_tokens', 'role_claims', 'user_passkeys', 'data_protection_keys'";

    // Results of plans and forecasts are nobody's in particular and are written by COPY, which row-level security forbids: rights alone guard them (decision 0010).
    private const string Copied = "'planned_requirements', 'planning_messages', 'planning_issues', 'sku_forecasts', 'sku_forecast_points'";

    private const string AppLogins = "'sourcing_internal', 'sourcing_supplier', 'sourcing_member', 'sourcing_rep', 'sourcing_chapter', 'sourcing_auth', 'sourcing_reporting', 'sourcing_jobs'";

    /// <summary>Where rows go for good, and why. Everything else is deleted softly.</summary>
    private static readonly HashSet<string> MayBeDeleted =
    [
        "internal sales_quotas", "rep sales_quotas", // What was not meant; the history holds it.
        "internal commission_plan_versions", "rep commission_plan_versions", // A draft that was thrown away; an active one is held by its policy and its trigger.
        "internal order_shares", "rep order_shares", // Replaced as a whole; the history holds what was.
        "internal chapter_seats", "chapter chapter_seats", // What somebody no longer may do; the history holds it.
        "internal attendances", "chapter attendances", // A code set by mistake; the history holds it.
        "internal member_aliases", "chapter member_aliases", // A spelling that was learnt wrong; the history holds it.
        "internal chapter_row_issues", "chapter chapter_row_issues", // Findings that another reading does not make again, until the upload is in: a policy says so.
        "internal chapter_import_files", "chapter chapter_import_files", // Of an upload that was thrown away: a policy says so.
        "internal score_schemes", "chapter score_schemes", // A draft that was thrown away; an active version is held by its policy and its trigger.
        "internal member_scores", "chapter member_scores", // Points that a month which is closed again does not give any more; the history holds them.
        "internal external_parties", "chapter external_parties", // Became one with another person; the history holds it.
        "internal form_keys", "internal notifications", "internal outbox_messages", "internal job_runs", // What has served its time.
        "internal saved_views", // A person's own tabs.
        "supplier sealed_copies", // What a supplier typed under seal and threw away.
        "internal quote_drafts", "supplier quote_drafts", "internal quote_lines", "supplier quote_lines",
        "internal quote_price_breaks", "supplier quote_price_breaks", // Replaced by a revision; what was submitted stays in quote_revisions.
        "internal import_rows", "internal import_changes", "internal import_mappings", "internal name_aliases", // Staging, what an undo used up, a person's own mappings, and names that were learnt wrong.
        "internal planned_requirements", "internal planning_messages", "internal planning_issues", "internal planning_snapshots",
        "internal award_scenarios", // What-ifs; one that an award was made by is held by its foreign key.
        "internal planning_cycles", // What-ifs alone: a policy says so.
        "internal sku_forecasts", "internal sku_forecast_points", // Results of cycles long past: what was decided stays.
        "internal supplier_scorecards", "internal supplier_kpis", // Derived: what the next recomputation does not find again.
        "internal scorecard_criteria", "internal scorecard_standings", // Of drafts alone: a policy says so.
        "internal rfq_lines", "internal rfq_invitations", "internal order_lines", // Of drafts alone: a policy says so.
        "internal inventory", "internal bills_of_materials", "internal planning_parameters", // Of a part that becomes one with another, in that act alone: a policy says so.
        "internal agreement_lines", "internal agreement_breaks", // Of which nothing was called off: the foreign key of order lines says so.
    ];

    [Fact]
    public async Task Every_table_is_guarded_row_by_row_even_against_its_owner() =>
        await NoneAsync($"""
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ({Accounts}, {Copied}, '__EFMigrationsHistory')
                and not (c.relrowsecurity and c.relforcerowsecurity)
            """);

    [Fact]
    public async Task Results_that_rights_alone_guard_are_reached_by_no_outsider() =>
        await NoneAsync($"""
            select c.relname || ' ' || r.rolname from pg_class c cross join pg_roles r
            where c.relnamespace = 'public'::regnamespace and c.relname in ({Copied}) and r.rolname in ({AppLogins}) and r.rolname not in ('sourcing_internal', 'sourcing_reporting')
                and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete') or has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))
            """);

    [Fact]
    public async Task Every_login_that_was_granted_anything_on_a_table_has_a_policy_there() =>
        await NoneAsync($"""
            select c.relname || ' ' || r.rolname from pg_class c cross join pg_roles r
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ({Accounts}, {Copied}, '__EFMigrationsHistory')
                and r.rolname in ({AppLogins})
                and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete') or has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))
                and not exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and exists (select from unnest(p.roles) x where pg_has_role(r.oid, x, 'usage')) and p.permissive = 'PERMISSIVE')
            """);

    [Fact]
    public async Task A_table_with_somebodys_rows_shows_outsiders_no_row_without_a_condition() =>
        await NoneAsync("""
            select p.tablename || ' ' || p.policyname from pg_policies p
            where p.schemaname = 'public' and p.permissive = 'PERMISSIVE' and p.roles && array['sourcing_supplier', 'sourcing_member', 'sourcing_rep', 'sourcing_chapter']::name[]
                and coalesce(p.qual, '') = 'true' and p.cmd in ('SELECT', 'ALL')
                and exists (select from information_schema.columns c where c.table_schema = 'public' and c.table_name = p.tablename
                    and c.column_name in ('sales_rep_id', 'supplier_id', 'chapter_id'))
            """);

    [Fact]
    public async Task No_login_but_the_migrator_passes_the_guard() =>
        await NoneAsync("select rolname from pg_roles where rolname like 'sourcing\\_%' and rolname <> 'sourcing_migrator' and (rolbypassrls or rolsuper or rolcreaterole or rolcreatedb)");

    [Fact]
    public async Task No_login_owns_a_table_or_is_its_owner_but_the_migrator() =>
        await NoneAsync("""
            select c.relname || ' ' || o.rolname from pg_class c join pg_roles o on o.oid = c.relowner
            where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p') and o.rolcanlogin and c.relname <> '__EFMigrationsHistory'
                and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            union all
            select r.rolname from pg_roles r where r.rolcanlogin and r.rolname like 'sourcing\_%' and r.rolname <> 'sourcing_migrator' and pg_has_role(r.oid, 'sourcing_owner', 'member')
            """);

    [Fact]
    public async Task Nothing_is_deleted_for_good_but_what_is_listed()
    {
        var found = await ListAsync($"""
            select replace(r.rolname, 'sourcing_', '') || ' ' || c.relname from pg_class c cross join pg_roles r
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and r.rolname in ({AppLogins})
                and has_table_privilege(r.oid, c.oid, 'delete') and not (r.rolname = 'sourcing_auth' and c.relname in ({Accounts}))
            """);
        Assert.Empty(found.Except(MayBeDeleted));
        await NoneAsync($"""
            select c.relname || ' ' || r.rolname from pg_class c cross join pg_roles r
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and r.rolname in ({AppLogins}) and has_table_privilege(r.oid, c.oid, 'truncate')
            """);
    }

    [Fact]
    public async Task Every_foreign_key_has_an_index() =>
        await NoneAsync("""
            select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0
                and not exists (
                    select from pg_index i
                    where i.indrelid = k.conrelid and i.indpred is null
                        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)
                and not exists (
                    select from pg_index i join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                    where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1] and cardinality(k.conkey) = 1 and pg_get_expr(i.indpred, i.indrelid) ~ 'deleted_at IS NULL|IS NOT NULL')
            """);

    [Fact]
    public async Task Every_function_that_acts_as_its_owner_has_a_fixed_path_that_ends_in_the_temporary_schema() =>
        await NoneAsync("""
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace in ('app'::regnamespace, 'public'::regnamespace) and p.prosecdef
                and not exists (select from unnest(p.proconfig) s where s like 'search_path=%pg_temp')
            """);

    [Fact]
    public async Task No_function_that_acts_as_its_owner_can_be_called_by_everybody() =>
        await NoneAsync("""
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace = 'app'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype
                and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
            """);

    [Fact]
    public async Task Every_table_that_is_written_by_people_is_written_down_in_the_history() =>
        await NoneAsync($"""
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'history')
                and c.relname not in ('__EFMigrationsHistory', 'audit_entries', 'form_keys', 'number_sequences', 'notifications', 'outbox_messages', 'saved_views', 'user_tokens',
                    'data_protection_keys', 'user_claims', 'user_logins', 'role_claims', 'roles', 'user_passkeys', 'import_rows', 'import_files', 'import_changes', 'job_runs', 'regular_runs', 'planning_snapshots', 'supplier_scorecards', 'supplier_kpis', 'seal_events', 'last_contacts', 'commissions', 'commission_events', 'commission_runs', 'commission_payouts', 'closed_business_payers', 'chapter_import_files', 'chapter_row_issues', 'chapter_reported_lines', 'report_revisions', {Copied})
            """);

    [Fact]
    public async Task The_jobs_login_reaches_its_own_tables_alone() =>
        await NoneAsync("""
            select c.relname from pg_class c where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p', 'v')
                and has_table_privilege('sourcing_jobs', c.oid, 'select, insert, update, delete')
                and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """);

    private async Task NoneAsync(string sql) => Assert.Empty(await ListAsync(sql));

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = database.Sources.Migrator.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
