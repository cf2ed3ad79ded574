using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>What to run.</summary>
public sealed class CommissionRunForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>The last day whose events count; not in the future.</summary>
    [Required(ErrorMessage = "Choose the day through which events count.")]
    public DateOnly? Through { get; set; }
}

/// <summary>
/// Runs commissions: reckons for everybody, writes what the ledger lacks, and never touches what it holds. The system reckons, in a session of its own:
/// whoever asks for a run sees no more of it than before.
/// </summary>
public sealed class CommissionRunService(CurrentUser user, TimeProvider time, IServiceScopeFactory scopes, SystemSession system)
{
    /// <summary>What open pages of the ledger listen to.</summary>
    public const string Topic = "commissions";

    /// <summary>Lines of one statement: some megabytes, which the server keeps in memory.</summary>
    private const int Batch = 5_000;

    /// <summary>What a statement may keep in memory, in the server's words.</summary>
    private const string Memory = "32MB";

    /// <summary>
    /// Reckons since the beginning of the year before and writes the difference, in one transaction: all of it or nothing. Two runs at once come one
    /// after the other. Refuses a day to come, a day before the last run's, and what <see cref="CommissionArithmetic.Reckon"/> refuses.
    /// </summary>
    /// <returns>The run.</returns>
    public Task<Guid> RunAsync(CommissionRunForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        var through = form.Through!.Value;
        if (through > Days.Today(time.GetUtcNow(), user.Identity.TimeZone))
        {
            throw new RefusedException(nameof(form.Through), "A run looks at what has happened. Choose today or a day before.");
        }

        var by = user.Id;
        return JobScope.RunAsync(
            scopes, system, (provider, token) => provider.GetRequiredService<Database>().WriteOnceAsync(form.FormKey, (db, t) => RunAsync(db, through, by, t), token), ct);
    }

    private static async Task<Guid> RunAsync(SourcingDb db, DateOnly through, Guid by, CancellationToken ct)
    {
        await db.AllowMinutesAsync(5, ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('commission_run', 0))", ct);
        if (await db.CommissionRuns.MaxAsync(r => (DateOnly?)r.Through, ct) is { } last && through < last)
        {
            throw new RefusedException(nameof(CommissionRunForm.Through), $"The last run went through {last.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}. Choose that day or a later one.");
        }

        var since = new DateOnly(through.Year - 1, 1, 1);
        var input = await CommissionFacts.ReadAsync(db, since, through, withLedger: true, ct);
        var lines = CommissionArithmetic.Reckon(input);
        var run = new CommissionRun(await db.NextNumberAsync("CR", ct), since, through, by) { Orders = input.Orders.Count, Lines = lines.Count };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        await WriteAsync(db, lines, run.Id, ct);
        await db.AnnounceAsync(Topic, ct: ct);
        return run.Id;
    }

    // As arrays: a hundred thousand lines in a few seconds, under row-level security, which forbids COPY. The next lines are made ready while the server takes the last.
    internal static async Task WriteAsync(SourcingDb db, IReadOnlyList<LedgerLine> lines, Guid? runId, CancellationToken ct)
    {
        // Lines of a statement are looked at once more, all together: they are not to be written to a file for that.
        await db.Database.ExecuteSqlAsync($"select set_config('work_mem', {Memory}, true)", ct);
        var parts = lines.Chunk(Batch).ToArray();
        var next = Ready(0);
        for (var i = 0; i < parts.Length; i++)
        {
            var values = await next;
            next = Ready(i + 1);
            await db.Database.ExecuteSqlRawAsync(
                """
                insert into commissions (id, run_id, sales_rep_id, kind, order_id, event_key, plan_id, plan_version_id, period_start, earned_on, base_amount, rate, amount, currency, tier, source_id, bases, arithmetic)
                select a.id, a.run, a.rep, a.kind, a.ord, a.event, a.plan, a.version, a.period, a.earned, a.base, a.rate, a.amount, a.currency, a.tier, a.source, a.bases::jsonb, a.arithmetic::jsonb
                from unnest(@id::uuid[], @run::uuid[], @rep::uuid[], @kind::text[], @order::uuid[], @event::text[], @plan::uuid[], @version::uuid[], @period::date[], @earned::date[], @base::numeric[],
                    @rate::numeric[], @amount::numeric[], @currency::text[], @tier::text[], @source::uuid[], @bases::text[], @arithmetic::text[])
                    as a(id, run, rep, kind, ord, event, plan, version, period, earned, base, rate, amount, currency, tier, source, bases, arithmetic)
                """, values, ct);
        }

        Task<object[]> Ready(int part) => part < parts.Length ? Task.Run(() => Values(parts[part], runId), ct) : Task.FromResult<object[]>([]);
    }

    private static object[] Values(LedgerLine[] lines, Guid? runId)
    {
        var rows = lines.Select(l => new Commission(l, runId)).ToArray();
        return
        [
            Array("id", rows.Select(r => r.Id)), Nullable("run", rows.Select(r => r.RunId)), Array("rep", rows.Select(r => r.SalesRepId)), Array("kind", rows.Select(r => Words.Snake(r.Kind.ToString()))),
            Nullable("order", rows.Select(r => r.OrderId)), Array("event", rows.Select(r => r.EventKey)), Array("plan", rows.Select(r => r.PlanId)), Array("version", rows.Select(r => r.PlanVersionId)),
            Array("period", rows.Select(r => r.PeriodStart)), Array("earned", rows.Select(r => r.EarnedOn)), Array("base", rows.Select(r => r.BaseAmount)), Nullable("rate", rows.Select(r => r.Rate)),
            Array("amount", rows.Select(r => r.Amount)), Array("currency", rows.Select(r => r.Currency)), Array("tier", rows.Select(r => r.Tier)), Nullable("source", rows.Select(r => r.SourceId)),
            Array("bases", rows.Select(r => r.Bases)), Array("arithmetic", rows.Select(r => r.Arithmetic)),
        ];
    }

    private static NpgsqlParameter Array<T>(string name, IEnumerable<T> values) => new(name, values.ToArray());

    private static NpgsqlParameter Nullable<T>(string name, IEnumerable<T?> values) where T : struct => new(name, values.ToArray());
}
