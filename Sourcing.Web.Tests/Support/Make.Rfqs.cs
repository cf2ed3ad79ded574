using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Support;

/// <summary>An RFQ made for a test.</summary>
/// <param name="Suppliers">Invited ones, in order.</param>
/// <param name="Lines">Keys in the order of their numbers: 10, 20, 30…</param>
/// <param name="Tokens">Of the personal links, in the order of the suppliers; empty in a draft.</param>
public sealed record MadeRfq(Guid Id, string Number, IReadOnlyList<Guid> Suppliers, IReadOnlyList<Guid> Lines, IReadOnlyList<string> Tokens, UserIdentity Buyer);

/// <summary>The tests' vocabulary: records built through the domain.</summary>
public static partial class Make
{
    /// <summary>A draft of EUR with lines of 100, 200, 300… kg, each with a target price, and invitations that have not gone out.</summary>
    public static Task<MadeRfq> DraftRfqAsync(TestDatabase database, int suppliers = 3, int lines = 4, UserIdentity? buyer = null) =>
        RfqAsync(database, suppliers, lines, TimeSpan.FromDays(7), buyer, (_, _) => []);

    /// <summary>The same, sent to its suppliers and open for a week.</summary>
    public static Task<MadeRfq> OpenRfqAsync(TestDatabase database, int suppliers = 3, int lines = 4, UserIdentity? buyer = null, TimeSpan? open = null) =>
        RfqAsync(database, suppliers, lines, open ?? TimeSpan.FromDays(7), buyer, Send);

    /// <summary>The same, closed before its deadline.</summary>
    public static Task<MadeRfq> ClosedRfqAsync(TestDatabase database, int suppliers = 3, int lines = 4, UserIdentity? buyer = null) =>
        RfqAsync(database, suppliers, lines, TimeSpan.FromDays(7), buyer, (rfq, now) =>
        {
            var tokens = Send(rfq, now);
            rfq.Close(now);
            return tokens;
        });

    /// <summary>Moves the deadline of an open RFQ into the past, as waiting would.</summary>
    public static Task PassDeadlineAsync(TestDatabase database, Guid rfqId) =>
        database.SqlAsync("update rfqs set deadline = now() - interval '1 minute' where id = $1", rfqId);

    /// <summary>A supplier without an account, made for RFQs alone.</summary>
    public static Supplier NewSupplier(string name)
    {
        var code = Guid.CreateVersion7().ToString("N")[^12..];
        return new(new SupplierFacts(code, name, "EUR") { Email = $"{code}@example.test" });
    }

    /// <summary>The key of kilograms or of another unit, made on first use.</summary>
    public static async Task<Guid> UnitAsync(SourcingDb db, string code, CancellationToken ct)
    {
        if (await db.Set<Unit>().Where(u => u.Code == code).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct) is { } id)
        {
            return id;
        }

        var unit = new Unit(code, code, code == "pcs" ? Dimension.Count : Dimension.Mass, 1);
        db.Add(unit);
        return unit.Id;
    }

    private static List<string> Send(Rfq rfq, DateTimeOffset now)
    {
        rfq.Open(now);
        return [.. rfq.Invitations.Select(i => i.Send(now))];
    }

    private static async Task<MadeRfq> RfqAsync(
        TestDatabase database, int suppliers, int lines, TimeSpan open, UserIdentity? buyer, Func<Rfq, DateTimeOffset, List<string>> act)
    {
        buyer ??= await database.UserAsync(null, [Role.Buyer]);
        await using var scope = database.As(buyer);
        return await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var now = await db.NowAsync(ct);
            var rfq = new Rfq(await db.NextNumberAsync("RFQ", ct), buyer.Id, new RfqHead("Combed cotton yarns", "EUR", now + open, "Europe/Berlin"));
            var unit = await UnitAsync(db, "kg", ct);
            rfq.SetLines([.. Enumerable.Range(1, lines).Select(n =>
                ((Guid?)null, new RfqLineContent($"Yarn {n}", n * 100m, unit) { TargetPrice = n + 0.5m, NeedBy = DateOnly.FromDateTime(now.UtcDateTime).AddDays(60) }))]);
            var invited = Enumerable.Range(1, suppliers).Select(n => NewSupplier($"Supplier {n} of {rfq.Number}")).ToList();
            db.AddRange(invited);
            foreach (var supplier in invited)
            {
                rfq.Invite(supplier.Id, supplier.Name, "", supplier.Email);
            }

            var tokens = act(rfq, now);
            db.Add(rfq);
            await db.SaveChangesAsync(ct);
            return new MadeRfq(rfq.Id, rfq.Number, [.. invited.Select(s => s.Id)], [.. rfq.Lines.Select(l => l.Id)], tokens, buyer);
        }, TestContext.Current.CancellationToken);
    }
}
