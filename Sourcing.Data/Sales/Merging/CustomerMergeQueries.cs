using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Merging;

/// <summary>Reads what a merge of two customers would do. An admin's alone: it reaches over every tree.</summary>
public sealed class CustomerMergeQueries(Database database, CurrentUser user)
{
    /// <summary>What would come along and what differs. Refuses a customer that is not there and a customer with itself.</summary>
    public Task<MergePreview> PreviewAsync(Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return database.ReadAsync(
            async (db, token) =>
            {
                var (keep, gone) = await TwoAsync(db, keepId, giveUpId, token);
                var reps = await db.People.Where(p => p.Id == keep.SalesRepId || p.Id == gone.SalesRepId).ToDictionaryAsync(p => p.Id, p => p.FullName, token);
                return new MergePreview(Side(keep), Side(gone), [.. await MergeMoves.CountAsync(db, CustomerMoves.All, giveUpId, token)], [.. Differences(keep, gone, reps)], [])
                {
                    Remarks =
                    [
                        $"A search for {gone.Number} finds {keep.Name}, and the address of {gone.Name} leads on to it.",
                        "Who was responsible for which orders stays as it was: commissions do not change.",
                    ],
                };
            }, ct);
    }

    /// <summary>Where the address of a customer that was given up leads; null for any other, and for one that the person may not see.</summary>
    public Task<MergedInto?> LeadsToAsync(Guid goneId, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return user.Identity.Access == DatabaseAccess.Internal
            ? database.ReadAsync((db, token) => MergeReading.LeadsToAsync(db, MergeKind.Customer, goneId, true, token), ct)
            : Task.FromResult<MergedInto?>(null);
    }

    internal static async Task<(Customer Keep, Customer Gone)> TwoAsync(SourcingDb db, Guid keepId, Guid giveUpId, CancellationToken ct)
    {
        if (keepId == giveUpId)
        {
            throw new RefusedException(nameof(MergeForm.GiveUpId), "A customer cannot be merged with itself. Choose another customer.");
        }

        var two = await db.Customers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(c => c.Id == keepId || c.Id == giveUpId).ToDictionaryAsync(c => c.Id, ct);
        return (Alive(two.GetValueOrDefault(keepId)), Alive(two.GetValueOrDefault(giveUpId)));
    }

    private static Customer Alive(Customer? customer) => customer switch
    {
        null => throw new MissingException("customer"),
        { MergedInto: not null } => throw new RefusedException($"{customer.Name} was merged into another customer already. Go on with that one."),
        { DeletedAt: not null } => throw new RefusedException($"{customer.Name} is deleted. Restore it on its page before it is merged."),
        _ => customer,
    };

    private static MergeSide Side(Customer customer) => new(customer.Id, customer.Number, customer.Name, customer.Version);

    private static IEnumerable<MergeDifference> Differences(Customer keep, Customer gone, Dictionary<Guid, string> reps)
    {
        string Rep(Guid? id) => id is { } key ? reps.GetValueOrDefault(key) ?? "" : "nobody";
        (string Name, string Kept, string Gone)[] facts =
        [
            ("Tier", $"{keep.Tier}", $"{gone.Tier}"), ("Representative", Rep(keep.SalesRepId), Rep(gone.SalesRepId)), ("E-mail", keep.Email, gone.Email), ("Telephone", keep.Phone, gone.Phone),
            ("Country", keep.Country, gone.Country), ("Currency", keep.Currency, gone.Currency), ("Payment terms", keep.PaymentTerms, gone.PaymentTerms), ("Tax number", keep.TaxId, gone.TaxId),
        ];
        return facts.Where(f => f.Kept != f.Gone && f.Gone.Length > 0).Select(f => new MergeDifference(f.Name, f.Kept, f.Gone, f.Kept.Length > 0 ? f.Kept : f.Gone));
    }
}
