using Sourcing.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>What a run read.</summary>
/// <param name="Parameters">The plan's own.</param>
/// <param name="Firm">Stands for all that is decided: another one means that somebody has decided since.</param>
/// <param name="Round">The newest finished round of forecasting; null where there was none.</param>
/// <param name="Statements">How many it took.</param>
internal sealed record LoadedPlan(PlanInput Input, PlanningParameters Parameters, string Firm, LoadedRound? Round, int Statements);

/// <summary>The round of forecasting that a plan rests on.</summary>
internal sealed record LoadedRound(Guid Id, string Number, DateOnly MadeOn)
{
    /// <summary>Days since it was made, 0 or more.</summary>
    public int AgeOn(DateOnly asOf) => Math.Max(0, asOf.DayNumber - MadeOn.DayNumber);
}

/// <summary>
/// Reads everything that a plan rests on, each table once, whatever the number of parts. What cannot be used is left out and reported, what has
/// to be supposed is reported too: nothing is guessed in silence. Run it in a transaction that sees one moment.
/// </summary>
internal sealed partial class PlanLoader
{
    private readonly SourcingDb _db;
    private readonly DateOnly _asOf;
    private readonly RunSql _sql;
    private readonly List<PlanIssue> _issues = [];
    private readonly Dictionary<Guid, LoadedPart> _parts = [];

    // Parts that are not planned: services, and what was deleted.
    private readonly Dictionary<Guid, LoadedPart> _others = [];

    private UnitConversion _units = null!;
    private ResolvedParameters _parameters = null!;
    private Dictionary<Guid, (string Code, string Name)> _categories = [];

    private PlanLoader(SourcingDb db, DateOnly asOf) => (_db, _asOf, _sql) = (db, asOf, new(db));

    /// <summary>Reads the plan of a day.</summary>
    public static async Task<LoadedPlan> LoadAsync(SourcingDb db, DateOnly asOf, CancellationToken ct)
    {
        var loader = new PlanLoader(db, asOf);
        await loader.ReadWordsAsync(ct);
        await loader.ReadPartsAsync(ct);
        var (firm, _) = await FirmAsync(loader._sql, ct);
        await loader.ReadSuppliersAsync(ct);
        await loader.ReadOffersAsync(ct);
        var receipts = await loader.ReadReceiptsAsync(ct);
        var lines = await loader.ReadBomsAsync(ct);
        var offers = await loader.OffersAsync(ct);
        var reservations = await loader.ReadReservationsAsync(ct);
        var forecasts = await loader.ReadForecastsAsync(ct);
        var orders = await loader.ReadFirmOrdersAsync(ct);
        var round = await loader.ReadRoundAsync(ct);
        var input = new PlanInput
        {
            AsOf = asOf, Settings = Settings(loader._parameters.Plan), Materials = [.. loader._parts.Values.Select(loader.Material)],
            BomLines = lines, Offers = offers, Receipts = receipts, Reservations = reservations, Forecasts = forecasts, FirmOrders = orders, Issues = loader._issues,
        };
        input = await loader.WithHistoryAsync(input, ct);
        return new(input, loader._parameters.Plan, firm, round, loader._sql.Count);
    }

    /// <summary>What is accepted or on its way, as one word that changes with it, and the transaction's moment.</summary>
    public static async Task<(string Firm, DateTimeOffset Now)> FirmAsync(RunSql sql, CancellationToken ct)
    {
        var (firm, now) = ("", default(DateTimeOffset));
        await sql.ReadAsync(
            """
            select coalesce(md5(string_agg(id::text || status || quantity || need_by || coalesce(supplier_id::text, ''), ',' order by id)), ''), now()
            from procurement_recommendations where status in ('accepted', 'converted')
            """,
            r => (firm, now) = (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), ct);
        return (firm, now);
    }

    /// <summary>How the engine reckons, by the plan's parameters.</summary>
    internal static PlanSettings Settings(PlanningParameters plan)
    {
        var defaults = PlanningParameters.Defaults();
        return new()
        {
            Bucket = plan.Bucket, BucketCount = plan.Buckets, WorkingDayLeadTimes = plan.WorkingDays, ConsumeBackDays = plan.BackDays, ConsumeForwardDays = plan.ForwardDays,
            SourceWeights = new Dictionary<string, decimal>(StringComparer.Ordinal)
            {
                ["prod_plan"] = plan.ProdPlanWeight, ["sales_history"] = plan.SalesHistoryWeight, ["model"] = plan.SalesHistoryWeight,
                ["projection"] = plan.ProjectionWeight, ["manual"] = plan.ManualWeight,
            },
            OtherSourceWeight = plan.OtherWeight, HalfLifeDays = plan.HalfLifeDays, ForecastMode = plan.ForecastMode, PastDueReceipts = plan.PastDue,
            NegativeStock = plan.NegativeStock, NormaliseRoundedBoms = plan.NormaliseRoundedBoms, ReleaseWindowDays = plan.ReleaseWindowDays,
            ShareCap = plan.CriticalShareCap, ScoreWeight = plan.ScoreCost, Currency = CurrencyConversion.Base,
            ExpediteToleranceDays = plan.ExpediteToleranceDays ?? defaults.ExpediteToleranceDays!.Value,
            DeferToleranceDays = plan.DeferToleranceDays ?? defaults.DeferToleranceDays!.Value,
            FrozenFenceDays = plan.FrozenDays ?? defaults.FrozenDays!.Value, ExcessCoverDays = plan.ExcessCoverDays ?? defaults.ExcessCoverDays,
        };
    }

    private async Task ReadWordsAsync(CancellationToken ct)
    {
        _units = await _db.UnitConversionAsync(ct);
        var rows = await _db.PlanningParameters.AsNoTracking().ToListAsync(ct);
        _sql.Add(2);
        var parents = new Dictionary<Guid, Guid?>();
        await _sql.ReadAsync("select id, code, name, parent_id from part_categories", r =>
        {
            _categories[r.GetGuid(0)] = (r.GetString(1), r.GetString(2));
            parents[r.GetGuid(0)] = r.GuidOrNull(3);
        }, ct);
        _parameters = new(rows, parents);
    }

    /// <summary>What people should know or mend.</summary>
    private void Report(PlanSeverity severity, string code, Guid? materialId, string table, Guid? key, string row, string message, string action) => _issues.Add(new()
    {
        Severity = severity, Code = code, MaterialId = materialId, Entity = table, EntityId = key, RowRef = row, Message = message, Action = action,
    });

    /// <summary>The part of a row, or null and a report where it is not planned any more. Services are left out without a word: nobody stocks them.</summary>
    private LoadedPart? Find(Guid partId, string table, Guid key, string row)
    {
        if (_parts.TryGetValue(partId, out var part))
        {
            return part;
        }

        if (_others.TryGetValue(partId, out var other) && other.Type != PartType.Service)
        {
            Report(PlanSeverity.Medium, IssueCodes.PartDeleted, null, table, key, row,
                $"{row} speaks of {other.Number}, which was deleted; it was left out.", $"Restore {other.Number}, or change or remove the row.");
        }

        return null;
    }

    /// <summary>Decimals that make sense in a unit: none for pieces and packages, the gram of what is weighed, the millimetre of what is long.</summary>
    internal static int Decimals(UnitFacts unit) => unit.Dimension switch
    {
        Dimension.Package => 0,
        Dimension.Count => unit.Factor <= 1 ? 0 : 3,
        _ => Math.Clamp(3 + (int)Math.Round(Math.Log10((double)unit.Factor)), 0, 6),
    };

    private PlanMaterial Material(LoadedPart part)
    {
        var rows = _parameters.Of(part.Id, part.CategoryId);
        T? Of<T>(Func<PlanningParameters, T?> pick) where T : struct => ResolvedParameters.Pick(rows, pick);
        // What only the plan says stands in its settings.
        T? Own<T>(Func<PlanningParameters, T?> pick) where T : struct => ResolvedParameters.IsNarrow(rows, pick) ? Of(pick) : null;
        var category = part.CategoryId is { } id ? _categories.GetValueOrDefault(id) : default;
        return new()
        {
            Id = part.Id, Number = part.Number, Name = part.Name, Unit = _units[part.Units.UnitId].Code, UnitDecimals = Decimals(_units[part.Units.UnitId]),
            Class = category.Code, Category = category.Name, IsCritical = part.IsCritical,
            // What is sold and has neither components nor a supplier lacks its bill of materials: the plan has to say so.
            IsMade = part.BomId is not null || part.HasLines || (part.Type == PartType.FinishedGood && !part.HasOffer), IsPhantom = part.IsPhantom, Yield = part.Yield,
            OnHand = part.OnHand, StandardCost = part.StandardCost,
            LotMethod = Of(p => p.LotRule) ?? LotMethod.Automatic, FixedLot = Of(p => p.FixedQuantity), BackorderCost = Of(p => p.BackorderCost),
            OrderingCost = Of(p => p.OrderingCost) ?? 0, HoldingRate = Of(p => p.HoldingCostRate) ?? 0,
            MadeLeadTimeDays = Of(p => p.MadeLeadTimeDays) ?? 0, MadeLeadTimeSigma = (double?)Of(p => p.LeadTimeDeviationDays), ReviewDays = Of(p => p.ReviewDays) ?? 0,
            SafetyMethod = Method(Of(p => p.SafetyMethod)), ServiceLevel = (double)(Of(p => p.ServiceLevel) ?? 0.95m), FillRate = (double)(Of(p => p.FillRate) ?? 0.98m),
            SafetyPercent = Of(p => p.SafetyPercent) ?? 0, SafetyOverride = rows[0].Scope == ParameterScope.Part ? rows[0].SafetyStock : null,
            SafetyMinimum = Of(p => p.MinimumSafetyStock), SafetyMaximum = Of(p => p.MaximumSafetyStock),
            SafetyMinimumCoverDays = Of(p => p.MinimumCoverDays), SafetyMaximumCoverDays = Of(p => p.MaximumCoverDays), Demand = part.Demand,
            FrozenFenceDays = Own(p => p.FrozenDays), ExpediteToleranceDays = Own(p => p.ExpediteToleranceDays), DeferToleranceDays = Own(p => p.DeferToleranceDays),
            ExcessCoverDays = Own(p => p.ExcessCoverDays),
        };
    }

    private static SafetyStockMethod? Method(SafetyMethod? method) => method switch
    {
        SafetyMethod.Percent => SafetyStockMethod.Percent,
        SafetyMethod.ServiceLevel => SafetyStockMethod.ServiceLevel,
        SafetyMethod.FillRate => SafetyStockMethod.FillRate,
        SafetyMethod.Intermittent => SafetyStockMethod.Intermittent,
        _ => null,
    };
}

/// <summary>A part on its way into the plan.</summary>
internal sealed class LoadedPart
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Name { get; init; }
    public required PartType Type { get; init; }
    public required PartUnits Units { get; set; }
    public Guid? CategoryId { get; init; }
    public bool IsCritical { get; init; }
    public decimal? StandardCost { get; init; }
    public decimal OnHand { get; init; }

    /// <summary>What is said of its bill of materials as a whole; null where nothing is.</summary>
    public Guid? BomId { get; init; }
    public bool IsPhantom { get; init; }
    public decimal Yield { get; init; } = 1;
    public bool HasLines { get; set; }
    public bool HasOffer { get; set; }
    public bool HasOpenOrder { get; set; }
    public Guid? StockId { get; init; }

    /// <summary>On order by a stock list that names no orders, and</summary>
    public decimal OnOrder { get; init; }

    /// <summary>when it is expected.</summary>
    public DateOnly? OnOrderFor { get; init; }

    public PlanDemandStats? Demand { get; set; }
}

/// <summary>Codes of the issues that loading finds, snake case. The engine has its own: <see cref="PlanIssueCodes"/>.</summary>
public static class IssueCodes
{
    /// <summary>A row speaks of a part that was deleted.</summary>
    public const string PartDeleted = "part_deleted";

    /// <summary>A quantity is in a unit from which nothing leads to the part's.</summary>
    public const string UnitMissing = PlanIssueCodes.UnitMissing;

    /// <summary>A price is in a currency without a rate.</summary>
    public const string RateMissing = "rate_missing";

    public const string LeadTimeMissing = "lead_time_missing";

    public const string ReliabilityUnknown = "reliability_unknown";

    /// <summary>Something has no day.</summary>
    public const string DateMissing = "date_missing";

    /// <summary>A day is past that lies ahead by nature.</summary>
    public const string DatePast = "date_past";

    /// <summary>No round of forecasting was made for two weeks or more.</summary>
    public const string RoundOld = "forecast_round_old";

    /// <summary>A source's forecasts all lie in the past.</summary>
    public const string ForecastStale = "forecast_stale";

    /// <summary>A quantity on order of a stock list was not used, since the part has orders of its own.</summary>
    public const string OnOrderIgnored = "on_order_ignored";

    /// <summary>An RFQ was awarded and no order came of a line.</summary>
    public const string RfqWithoutOrder = "rfq_without_order";

    /// <summary>A bill of materials has no lines.</summary>
    public const string BomEmpty = "bom_empty";

    /// <summary>The price's last day is past.</summary>
    public const string PriceExpired = "price_expired";
}
