using System.Text.Json;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Where a version of a plan stands.</summary>
public enum PlanVersionStatus
{
    /// <summary>Can be changed and tried on past orders; pays nobody.</summary>
    Draft,

    /// <summary>Pays from its first day on, and is not changed any more but for its end.</summary>
    Active,
}

/// <summary>A way to pay representatives, in versions with dates.</summary>
public sealed class CommissionPlan
{
    private readonly List<CommissionPlanVersion> _versions = [];

    private CommissionPlan()
    {
    }

    /// <param name="name">1 to 120 characters, unique.</param>
    /// <param name="currency">Of base, commission and every amount of the plan, for good.</param>
    /// <param name="period">Within which bases cumulate, for good.</param>
    public CommissionPlan(string name, string currency, ScorePeriod period)
    {
        (Id, Currency, Period) = (Guid.CreateVersion7(), CurrencyConversion.Code(currency), period);
        Rename(name);
    }

    public Guid Id { get; private set; }

    /// <summary>1 to 120 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public ScorePeriod Period { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<CommissionPlanVersion> Versions => _versions;

    /// <summary>Refuses an empty or too long name.</summary>
    public void Rename(string name) => Name = name.Trim() is { Length: > 0 and <= 120 } trimmed ? trimmed : throw new RefusedException(nameof(Name), "Give the plan a name of at most 120 characters.");

    /// <summary>Adds a draft. Refuses a second one, and rules that do not hold.</summary>
    public CommissionPlanVersion Draft(CommissionTerms terms)
    {
        if (_versions.Find(v => v.Status == PlanVersionStatus.Draft) is { } draft)
        {
            throw new RefusedException($"Version {draft.Number} of {Name} is a draft already. Change that one.");
        }

        var version = new CommissionPlanVersion(Id, _versions.Count == 0 ? 1 : _versions.Max(v => v.Number) + 1);
        version.Rewrite(terms);
        _versions.Add(version);
        return version;
    }

    /// <summary>The draft counts from its first day on; the version before it ends there. Refuses to overlap with a version that begins on that day or later.</summary>
    public void Activate(Guid versionId, DateTimeOffset now)
    {
        var version = _versions.Find(v => v.Id == versionId) ?? throw new MissingException("version of the plan");
        foreach (var other in _versions.Where(v => v.Status == PlanVersionStatus.Active))
        {
            if (other.ValidFrom >= version.ValidFrom && (version.ValidUntil is null || version.ValidUntil > other.ValidFrom))
            {
                throw new RefusedException("ValidFrom",
                    $"Version {other.Number} of {Name} begins on {Text(other.ValidFrom)}, so version {version.Number} would overlap with it. Let version {version.Number} begin after that day, or end by it.");
            }

            other.EndBy(version.ValidFrom);
        }

        version.Activate(now);
    }

    /// <summary>Removes a draft. Refuses a version that has counted.</summary>
    public CommissionPlanVersion Discard(Guid versionId)
    {
        var version = _versions.Find(v => v.Id == versionId) ?? throw new MissingException("version of the plan");
        version.DemandDraft();
        _versions.Remove(version);
        return version;
    }

    /// <summary>What a version says, ready to reckon with.</summary>
    public CommissionTerms Terms(CommissionPlanVersion v)
    {
        var rules = JsonSerializer.Deserialize<VersionRules>(v.Rules, VersionRules.Json)!;
        return new(v.Id, Id, Name, v.Number, Currency, Period, v.ValidFrom, v.ValidUntil, v.Base, v.Event, rules.Rates, v.Cap, v.Floor, v.Accelerator, rules.Bonuses,
            v.OverridePercent is { } percent ? new(percent, v.OverrideOf, v.OverrideReach) : null, v.ClawbackDays);
    }

    private static string Text(DateOnly day) => day.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a plan says from one day until another. Every rule of it is listed here; active it is never rewritten.</summary>
public sealed class CommissionPlanVersion
{
    private CommissionPlanVersion()
    {
    }

    internal CommissionPlanVersion(Guid planId, int number) => (Id, PlanId, Number) = (Guid.CreateVersion7(), planId, number);

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    /// <summary>1, 2, 3 within the plan.</summary>
    public int Number { get; private set; }

    public PlanVersionStatus Status { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    /// <summary>The first day no more; null without end.</summary>
    public DateOnly? ValidUntil { get; private set; }

    public CommissionBase Base { get; private set; }

    public EarningEvent Event { get; private set; }

    /// <summary>Rates and bonuses as jsonb: <see cref="VersionRules"/>.</summary>
    public string Rules { get; private set; } = "{}";

    public decimal? Cap { get; private set; }

    public decimal? Floor { get; private set; }

    public decimal? Accelerator { get; private set; }

    public decimal? OverridePercent { get; private set; }

    public OverrideOf OverrideOf { get; private set; }

    public OverrideReach OverrideReach { get; private set; }

    public int? ClawbackDays { get; private set; }

    public DateTimeOffset? ActivatedAt { get; private set; }

    /// <summary>Sets everything. Refuses unless it is a draft, and what <see cref="CommissionTermChecks"/> refuses.</summary>
    public void Rewrite(CommissionTerms terms)
    {
        DemandDraft();
        CommissionTermChecks.Demand(terms);
        (ValidFrom, ValidUntil, Base, Event, Cap, Floor, Accelerator, ClawbackDays) = (terms.ValidFrom, terms.ValidUntil, terms.Base, terms.Event, terms.Cap, terms.Floor, terms.Accelerator, terms.ClawbackDays);
        (OverridePercent, OverrideOf, OverrideReach) = (terms.Override?.Percent, terms.Override?.Of ?? OverrideOf.Commission, terms.Override?.Reach ?? OverrideReach.DirectReports);
        Rules = JsonSerializer.Serialize(new VersionRules(terms.Rules, terms.Bonuses ?? []), VersionRules.Json);
    }

    /// <summary>Refuses a version that pays already.</summary>
    public void DemandDraft()
    {
        if (Status != PlanVersionStatus.Draft)
        {
            throw new RefusedException($"Version {Number} is active: lines of the ledger rest on it as it is. Write a new version.");
        }
    }

    internal void Activate(DateTimeOffset now)
    {
        DemandDraft();
        (Status, ActivatedAt) = (PlanVersionStatus.Active, now);
    }

    internal void EndBy(DateOnly day)
    {
        if (ValidFrom < day && (ValidUntil is null || ValidUntil > day))
        {
            ValidUntil = day;
        }
    }
}

/// <summary>
/// The shape of <see cref="CommissionPlanVersion.Rules"/>: {"rates": [{"category": text or null, "customerTier": text or null, "shape": "Flat", "Marginal" or
/// "Retroactive", "tiers": [{"from": number, "percent": number}]}], "bonuses": [{"attainmentPercent": number, "amount": number}]}, in order.
/// </summary>
public sealed record VersionRules(IReadOnlyList<RateRule> Rates, IReadOnlyList<AttainmentBonus> Bonuses)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };
}

/// <summary>Who is paid by which plan, as it is kept. Two of one representative never overlap.</summary>
public sealed class CommissionAssignment
{
    private CommissionAssignment()
    {
    }

    /// <summary>Refuses an end that is not after the beginning.</summary>
    public CommissionAssignment(Guid planId, Guid salesRepId, DateOnly from, DateOnly? until)
    {
        (Id, PlanId, SalesRepId, ValidFrom) = (Guid.CreateVersion7(), planId, salesRepId, from);
        End(until);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid SalesRepId { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    /// <summary>The first day no more; null without end.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>Sets the first day on which it counts no more.</summary>
    public void End(DateOnly? until) =>
        ValidUntil = until is null || until > ValidFrom ? until : throw new RefusedException(nameof(ValidUntil), "The assignment would end before it begins. Choose a later day, or leave the end open.");
}

/// <summary>A representative's part of an order, where it is divided. All of an order sum to 100; the database holds that too.</summary>
public sealed class SharedOrder
{
    private SharedOrder()
    {
    }

    internal SharedOrder(Guid orderId, OrderShare share) => (Id, OrderId, SalesRepId, Percent) = (Guid.CreateVersion7(), orderId, share.RepId, share.Percent);

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid SalesRepId { get; private set; }

    /// <summary>Above 0, at most 100.</summary>
    public decimal Percent { get; private set; }
}
