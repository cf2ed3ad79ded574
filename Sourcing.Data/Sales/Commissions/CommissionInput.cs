using Sourcing.Data.Operations;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Everything that a run looks at.</summary>
/// <param name="Since">Periods that begin before are closed: nothing is reckoned in them any more.</param>
/// <param name="Through">Events after this day are left to the next run.</param>
/// <param name="Orders">Every issued order with an event since <paramref name="Since"/>.</param>
/// <param name="Versions">Of all plans; those of one plan never overlap.</param>
/// <param name="Managers">Each representative's manager; null at the top.</param>
/// <param name="Ledger">Every line of a period since <paramref name="Since"/>, and every line of an order in <paramref name="Orders"/>.</param>
public sealed record CommissionInput(
    DateOnly Since, DateOnly Through, IReadOnlyCollection<OrderFacts> Orders, IReadOnlyCollection<CommissionTerms> Versions, IReadOnlyCollection<PlanAssignment> Assignments,
    IReadOnlyCollection<PeriodQuota> Quotas, IReadOnlyDictionary<Guid, Guid?> Managers, IReadOnlyCollection<LedgerLine> Ledger, CurrencyConversion Rates);

/// <summary>Which version pays whom on which day.</summary>
internal sealed class PlanBook
{
    private readonly Dictionary<Guid, CommissionTerms[]> _versions;
    private readonly Dictionary<Guid, PlanAssignment[]> _assignments;
    private readonly Dictionary<Guid, CommissionTerms> _byId;

    public PlanBook(CommissionInput input)
    {
        _versions = input.Versions.GroupBy(v => v.PlanId).ToDictionary(g => g.Key, g => g.OrderBy(v => v.ValidFrom).ToArray());
        _assignments = input.Assignments.GroupBy(a => a.RepId).ToDictionary(g => g.Key, g => g.OrderBy(a => a.ValidFrom).ToArray());
        _byId = input.Versions.ToDictionary(v => v.VersionId);
    }

    public IEnumerable<PlanAssignment> Assignments => _assignments.Values.SelectMany(a => a);

    public CommissionTerms Version(Guid id) => _byId[id];

    public IReadOnlyList<CommissionTerms> Versions(Guid planId) => _versions.GetValueOrDefault(planId) ?? [];

    /// <summary>The version that counts for a representative's event of a day.</summary>
    public CommissionTerms? At(Guid repId, DateOnly day) =>
        Array.Find(_assignments.GetValueOrDefault(repId) ?? [], a => a.Holds(day)) is { } assignment ? Array.Find(_versions.GetValueOrDefault(assignment.PlanId) ?? [], v => v.Holds(day)) : null;

    /// <summary>
    /// The version that decides by which event an order earns for a representative: the one of the day of issue, else the first after it. Decided once,
    /// so that a plan that changes from issue to payment neither pays an order twice nor forgets it.
    /// </summary>
    public CommissionTerms? OfOrder(Guid repId, DateOnly issuedOn)
    {
        foreach (var assignment in _assignments.GetValueOrDefault(repId) ?? [])
        {
            var day = assignment.ValidFrom > issuedOn ? assignment.ValidFrom : issuedOn;
            if (Versions(assignment.PlanId).FirstOrDefault(v => (v.ValidUntil is null || v.ValidUntil > day) && (assignment.ValidUntil is null || assignment.ValidUntil > (v.ValidFrom > day ? v.ValidFrom : day))) is { } version)
            {
                return version;
            }
        }

        return null;
    }
}
