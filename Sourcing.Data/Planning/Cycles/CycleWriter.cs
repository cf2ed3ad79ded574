using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Writes what a live cycle worked out, each table by one statement, save what <see cref="RequirementWriter"/> writes beside it. Recommendations are
/// worded while those before are sent.
/// </summary>
internal sealed class CycleWriter : IAsyncDisposable
{
    // Recommendations that are worded at once, and portions of them that may wait to be sent.
    private const int Portion = 64;
    private const int MostWaiting = 16;

    private readonly Guid _cycleId;
    private readonly PlanResult _plan;
    private readonly CancellationTokenSource _gone;
    private readonly Channel<RecommendationRow[]> _worded = Channel.CreateBounded<RecommendationRow[]>(MostWaiting);
    private readonly Task _wording;
    private readonly Dictionary<int, Guid> _recommendationOf = [];

    public CycleWriter(SourcingDb db, Guid cycleId, PlanResult plan, CancellationToken ct)
    {
        (_cycleId, _plan, Sql) = (cycleId, plan, new(db));
        _gone = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _wording = Task.Run(WordAsync, CancellationToken.None);
    }

    public RunSql Sql { get; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _wording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    /// <summary>What is to be ordered. Before the messages, which speak of them.</summary>
    /// <param name="rejections">What was said no to in earlier cycles.</param>
    /// <returns>The lines, for comparing with the cycle before.</returns>
    public async Task<List<PlanDiffLine>> WriteRecommendationsAsync(Rejections rejections, CancellationToken ct)
    {
        // By way of a table of the transaction's own: row-level security forbids COPY into theirs.
        await Sql.ExecuteAsync(
            """
            create temp table proposed (id uuid, part uuid, supplier uuid, quantity numeric, need_by date, order_by date, need_bucket date, unit_cost numeric, total_cost numeric, lead_time int,
                risk text, codes text[], urgency numeric, reasoning text, facts jsonb, pegging jsonb, rejection text) on commit drop
            """, ct);
        var lines = new List<PlanDiffLine>();
        await using (var importer = await Sql.CopyAsync("proposed", ct))
        {
            await Task.Run(
                async () =>
                {
                    await foreach (var rows in _worded.Reader.ReadAllAsync(ct))
                    {
                        Send(importer, rows, rejections, lines);
                    }
                }, ct);
            await importer.CompleteAsync(ct);
        }

        await Sql.ExecuteAsync(
            """
            insert into procurement_recommendations (id, cycle_id, part_id, supplier_id, recommended_supplier_id, quantity, recommended_quantity, need_by, recommended_need_by, order_by,
                need_bucket, unit_cost, total_cost, currency, lead_time_days, risk_flag, risk_codes, urgency_score, reasoning, facts, pegging, status, earlier_rejection)
            select id, $1, part, supplier, supplier, quantity, quantity, need_by, need_by, order_by, need_bucket, unit_cost, total_cost, case when unit_cost is not null then $2 end, lead_time,
                risk, codes, urgency, reasoning, facts, pegging, 'proposed', rejection
            from proposed
            """, ct, _cycleId, _plan.Input.Settings.Currency);
        return lines;
    }

    private async Task WordAsync()
    {
        try
        {
            foreach (var orders in _plan.Recommendations.Chunk(Portion))
            {
                var rows = new RecommendationRow[orders.Length];
                Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = _gone.Token }, i => rows[i] = RecommendationRow.Of(_plan, orders[i]));
                await _worded.Writer.WriteAsync(rows, _gone.Token);
            }

            _worded.Writer.Complete();
        }
        catch (Exception fault)
        {
            // Whoever reads hears of it.
            _worded.Writer.Complete(fault);
        }
    }

    private void Send(NpgsqlBinaryImporter importer, RecommendationRow[] rows, Rejections rejections, List<PlanDiffLine> lines)
    {
        foreach (var row in rows)
        {
            var order = row.Order;
            _recommendationOf[order.Index] = row.Id;
            lines.Add(RecommendationRow.Line(_plan, order));
            importer.StartRow();
            importer.Write(row.Id, NpgsqlDbType.Uuid);
            importer.Write(order.Material.Id, NpgsqlDbType.Uuid);
            Optional(importer, order.SupplierId, NpgsqlDbType.Uuid);
            importer.Write(order.Quantity, NpgsqlDbType.Numeric);
            importer.Write(order.NeedDate, NpgsqlDbType.Date);
            importer.Write(order.OrderBy, NpgsqlDbType.Date);
            importer.Write(row.NeedBucket, NpgsqlDbType.Date);
            Optional(importer, order.UnitCost, NpgsqlDbType.Numeric);
            Optional(importer, order.TotalCost, NpgsqlDbType.Numeric);
            importer.Write(order.LeadTimeDays, NpgsqlDbType.Integer);
            importer.Write(Words.Snake(order.Risk.ToString()), NpgsqlDbType.Text);
            importer.Write(row.Codes, NpgsqlDbType.Array | NpgsqlDbType.Text);
            importer.Write(order.Urgency, NpgsqlDbType.Numeric);
            importer.Write(row.Reasoning, NpgsqlDbType.Text);
            importer.Write(row.Facts, NpgsqlDbType.Jsonb);
            importer.Write(row.Pegging, NpgsqlDbType.Jsonb);
            importer.Write(rejections.Of(order.Material.Id, order.SupplierId, row.NeedBucket), NpgsqlDbType.Text);
        }
    }

    /// <summary>What to do about orders that are there, and what is wrong with a part's _plan.</summary>
    public async Task WriteMessagesAsync(CancellationToken ct)
    {
        var receipts = _plan.Input.Receipts.ToDictionary(r => r.Id);
        await using var importer = await Sql.CopyAsync("planning_messages (id, cycle_id, part_id, kind, order_line_id, recommendation_id, quantity, from_date, to_date, days, text)", ct);
        await Task.Run(() =>
        {
            foreach (var message in _plan.Messages)
            {
                var receipt = message.ReceiptId is { } id ? receipts.GetValueOrDefault(id) : null;
                importer.StartRow();
                importer.Write(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                importer.Write(_cycleId, NpgsqlDbType.Uuid);
                importer.Write(message.Material.Id, NpgsqlDbType.Uuid);
                importer.Write(Words.Snake(message.Kind.ToString()), NpgsqlDbType.Varchar);
                Optional(importer, receipt is { Kind: PlanReceiptKind.PurchaseOrder } && receipt.RefText != PlanLoader.ByStockList ? receipt.Id : (Guid?)null, NpgsqlDbType.Uuid);
                Optional(importer, receipt is { Kind: PlanReceiptKind.Accepted } ? receipt.Id
                    : message.OrderIndex is { } order && _recommendationOf.TryGetValue(order, out var own) ? own : (Guid?)null, NpgsqlDbType.Uuid);
                Optional(importer, message.Quantity == 0 ? (decimal?)null : message.Quantity, NpgsqlDbType.Numeric);
                Optional(importer, message.Date, NpgsqlDbType.Date);
                Optional(importer, message.NeedDate, NpgsqlDbType.Date);
                importer.Write(message.Days, NpgsqlDbType.Integer);
                importer.Write(Text.Cut($"{Reasoning.Sentence(message)} {Reasoning.Action(message)}", 1000), NpgsqlDbType.Varchar);
            }
        }, ct);
        await importer.CompleteAsync(ct);
    }

    /// <summary>What is wrong with the data.</summary>
    public async Task WriteIssuesAsync(CancellationToken ct)
    {
        var accepted = _plan.Input.Receipts.Where(r => r.Kind == PlanReceiptKind.Accepted).Select(r => r.Id).ToHashSet();
        await using var importer = await Sql.CopyAsync("planning_issues (id, cycle_id, part_id, severity, code, entity, entity_id, text, action)", ct);
        await Task.Run(() =>
        {
            foreach (var issue in _plan.Issues)
            {
                importer.StartRow();
                importer.Write(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                importer.Write(_cycleId, NpgsqlDbType.Uuid);
                Optional(importer, issue.MaterialId, NpgsqlDbType.Uuid);
                importer.Write(Words.Snake(issue.Severity.ToString()), NpgsqlDbType.Varchar);
                importer.Write(Text.Cut(issue.Code, 40), NpgsqlDbType.Varchar);
                importer.Write(Table(issue, accepted), NpgsqlDbType.Varchar);
                Optional(importer, issue.EntityId, NpgsqlDbType.Uuid);
                importer.Write(Text.Cut(issue.Message, 1000), NpgsqlDbType.Varchar);
                importer.Write(Text.Cut(issue.Action, 500), NpgsqlDbType.Varchar);
            }
        }, ct);
        await importer.CompleteAsync(ct);
    }

    /// <summary>The engine's word for a row as the table that it lies in.</summary>
    private static string Table(PlanIssue issue, HashSet<Guid> accepted) => issue.Entity switch
    {
        "material" => "parts",
        "bom_line" => "bom_lines",
        "offer" => "supplier_parts",
        "receipt" => issue.EntityId is { } id && accepted.Contains(id) ? "procurement_recommendations" : "order_lines",
        "reservation" => "reservations",
        "forecast" => "forecasts",
        "firm_order" => "sales_order_lines",
        null => "",
        var table => table,
    };

    /// <summary>Safety stocks and reorder points where they are others than before.</summary>
    public Task<int> WriteStockLevelsAsync(CancellationToken ct)
    {
        var rows = _plan.Rows.Where(r => !r.IsSkipped && !r.Material.IsPhantom).ToArray();
        return Sql.ExecuteAsync(
            """
            update inventory i set safety_stock = v.safety, reorder_point = v.reorder from unnest($1, $2, $3) v(part, safety, reorder)
            where i.part_id = v.part and (i.safety_stock is distinct from v.safety or i.reorder_point is distinct from v.reorder)
            """, ct, rows.Select(r => r.Material.Id).ToArray(), rows.Select(r => Math.Max(0, r.Safety.Quantity)).ToArray(), rows.Select(r => Math.Max(0, r.ReorderPoint)).ToArray());
    }

    private static void Optional<T>(NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type) where T : struct
    {
        if (value is { } figure)
        {
            importer.Write(figure, type);
        }
        else
        {
            importer.WriteNull();
        }
    }
}
