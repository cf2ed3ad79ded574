using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

public sealed partial class RecommendationService
{
    /// <summary>
    /// One draft of an RFQ with a line for each recommendation, accepting those that are still proposed. Those recommended, the
    /// best that were not chosen, and everybody who sells one of the parts are chosen for it, as far as they may be invited. Nothing is sent; the buying desk opens it.
    /// </summary>
    public async Task<ConversionOutcome> ToRfqAsync(ConvertRecommendationsForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(form);
        var id = await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var loaded = await LoadAsync(db, [.. form.Rows.Select(r => r.Id)], token);
            await DemandAsync(db, loaded, [RecommendationStatus.Proposed, RecommendationStatus.Accepted], form.Rows, token);
            var now = await db.NowAsync(token);
            var rfq = await rfqs.AddFromPlanning(db, await RequestAsync(db, [.. loaded.Select(l => l.Row)], now, token), token);
            for (var i = 0; i < loaded.Count; i++)
            {
                Accepted(loaded[i].Row, now).BecomeRfqLine(rfq.Id, rfq.Lines[i].Id, user.Id, now);
            }

            await TellDeskAsync(db, Permission.RfqsWrite, $"{user.Identity.Name} made the draft {rfq.Number} from {Count(loaded.Count)}: it waits to be sent.", $"/rfqs/{rfq.Id}", token);
            await DoneAsync(db, loaded, token);
            return rfq.Id;
        }, ct);
        return await queries.OutcomeAsync([.. form.Rows.Select(r => r.Id)], ct) is { Rfqs.Count: > 0 } outcome ? outcome : throw new MissingException($"RFQ {id}");
    }

    /// <summary>
    /// One draft of an order for each supplier, accepting what is still proposed: prices at the quantity's tier, in the currency of the supplier's
    /// prices. Refuses rows without a supplier, without a price that holds today, and quantities that the supplier does not sell unless it agreed.
    /// </summary>
    public async Task<ConversionOutcome> ToOrdersAsync(ConvertRecommendationsForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(form);
        await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var loaded = await LoadAsync(db, [.. form.Rows.Select(r => r.Id)], token);
            await DemandAsync(db, loaded, [RecommendationStatus.Proposed, RecommendationStatus.Accepted], form.Rows, token);
            var now = await db.NowAsync(token);
            var made = new List<Order>();
            foreach (var (purchase, rows) in await PurchasesAsync(db, loaded, form.SupplierAgreed, now, token))
            {
                var order = await orders.AddFromPlanning(db, purchase, token);
                for (var i = 0; i < rows.Count; i++)
                {
                    Accepted(rows[i], now).BecomeOrderLine(order.Id, order.Lines[i].Id, user.Id, now);
                }

                made.Add(order);
            }

            await TellDeskAsync(
                db, Permission.OrdersWrite, $"{user.Identity.Name} made {(made.Count == 1 ? $"the draft {made[0].Number}" : $"{made.Count} drafts of orders")} from {Count(loaded.Count)}: to be approved and issued.",
                made.Count == 1 ? $"/orders/{made[0].Id}" : "/orders?f.status=draft", token);
            await DoneAsync(db, loaded, token);
            return made[0].Id;
        }, ct);
        return await queries.OutcomeAsync([.. form.Rows.Select(r => r.Id)], ct);
    }

    private ProcurementRecommendation Accepted(ProcurementRecommendation row, DateTimeOffset now)
    {
        if (row.Status == RecommendationStatus.Proposed)
        {
            row.Accept(user.Id, now);
        }

        return row;
    }

    private async Task<PlannedRequest> RequestAsync(SourcingDb db, IReadOnlyList<ProcurementRecommendation> rows, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var partIds = rows.Select(r => r.PartId).Distinct().ToList();
        var parts = await db.Parts.Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.UnitId, p.CategoryId }).ToDictionaryAsync(p => p.Id, ct);
        if (rows.FirstOrDefault(r => !parts.ContainsKey(r.PartId)) is not null)
        {
            throw new RefusedException("One of these parts was deleted. Restore it on the page of deleted records, or reject its recommendation.");
        }

        var currencies = rows.Select(r => r.Currency).OfType<string>().Distinct().ToList();
        var currency = currencies.Count == 1 ? currencies[0] : CurrencyConversion.Base;
        var rates = await CurrencyConversion.LoadAsync(db, currencies.Append(currency), ct);
        var lines = rows.Select(r => new RfqLineForm
        {
            PartId = r.PartId, Description = parts[r.PartId].Name, Quantity = Whole(r.Quantity), UnitId = parts[r.PartId].UnitId, NeedBy = r.NeedBy,
            TargetPrice = r is { UnitCost: { } cost, Currency: { } own } && rates.TryConvert(cost, own, currency, today) is { } price ? decimal.Round(price.Amount, 4) : null,
        }).ToList();
        var cycles = rows.Select(r => r.CycleId).Distinct().ToList();
        var cycle = await db.PlanningCycles.Where(c => cycles.Contains(c.Id)).OrderByDescending(c => c.CreatedAt).Select(c => c.Number).FirstAsync(ct);
        var title = parts.Count == 1 ? parts[partIds[0]].Name : $"{parts.Count} materials of plan {cycle}";
        var categories = parts.Values.Select(p => p.CategoryId).Distinct().ToList();
        var head = new RfqHead(title.Length > 200 ? title[..200] : title, currency, null, user.Identity.TimeZone.Id) { CategoryId = categories.Count == 1 ? categories[0] : null };
        return new(head, lines, await InvitedAsync(db, rows, partIds, today, ct));
    }

    private static async Task<IReadOnlyList<Guid>> InvitedAsync(
        SourcingDb db, IReadOnlyList<ProcurementRecommendation> rows, List<Guid> partIds, DateOnly today, CancellationToken ct)
    {
        var sellers = await db.SupplierParts.Where(p => partIds.Contains(p.PartId) && (p.ValidFrom == null || p.ValidFrom <= today) && (p.ValidTo == null || p.ValidTo >= today))
            .GroupBy(p => p.SupplierId).Select(g => new { SupplierId = g.Key, Parts = g.Count() }).ToListAsync(ct);
        return
        [
            .. rows.Select(r => r.SupplierId).OfType<Guid>()
                .Concat(rows.Select(r => CycleJson.ReadFacts(r.Facts)?.Order.Supplier?.RunnerUp?.SupplierId).OfType<Guid>())
                .Concat(sellers.OrderByDescending(s => s.Parts).ThenBy(s => s.SupplierId).Select(s => s.SupplierId))
                .Distinct(),
        ];
    }

    private static async Task<IReadOnlyList<(PlannedPurchase Purchase, IReadOnlyList<ProcurementRecommendation> Rows)>> PurchasesAsync(
        SourcingDb db, IReadOnlyList<(ProcurementRecommendation Row, string Part)> loaded, bool agreed, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var supplierIds = loaded.Select(l => l.Row.SupplierId).OfType<Guid>().Distinct().ToList();
        var partIds = loaded.Select(l => l.Row.PartId).Distinct().ToList();
        var suppliers = await db.Suppliers.AsNoTracking().Where(s => supplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var prices = await db.SupplierParts.Where(p => supplierIds.Contains(p.SupplierId) && partIds.Contains(p.PartId)).Select(p => new { p.SupplierId, p.Currency }).Distinct().ToListAsync(ct);
        // In the currency of its prices; where they have several, in the one that it usually deals in.
        var currencies = suppliers.Values.ToDictionary(s => s.Id, s => prices.Where(p => p.SupplierId == s.Id).Select(p => p.Currency).Distinct().ToList() is [var only] ? only : s.Currency);
        var offers = await db.OffersAsync(currencies, partIds, today, ct);
        var faults = new List<FieldError>();
        for (var i = 0; i < loaded.Count; i++)
        {
            var (row, part) = loaded[i];
            var supplier = row.SupplierId is { } id ? suppliers.GetValueOrDefault(id) : null;
            var offer = supplier is null ? null : offers.GetValueOrDefault((supplier.Id, row.PartId));
            if (WhyNot(row, supplier, offer) is { } why)
            {
                faults.Add(new($"Rows[{i}]", $"{part}: {why}"));
            }
            else if (!agreed && offer!.QuantityFault(Whole(row.Quantity), offer.UnitId) is { } fault)
            {
                faults.Add(new($"Rows[{i}].{nameof(row.Quantity)}", fault));
            }
        }

        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }

        var cycles = loaded.Select(l => l.Row.CycleId).Distinct().ToList();
        var numbers = await db.PlanningCycles.Where(c => cycles.Contains(c.Id)).OrderBy(c => c.Number).Select(c => c.Number).ToListAsync(ct);
        return
        [
            .. loaded.Select(l => l.Row).GroupBy(r => r.SupplierId!.Value).Select(group =>
            {
                var supplier = suppliers[group.Key];
                var lines = group.Select(r => Line(r, offers[(group.Key, r.PartId)])).ToList();
                var terms = new OrderTerms(supplier.PaymentTerms, supplier.Incoterm, "");
                return (new PlannedPurchase(group.Key, currencies[group.Key], terms, lines, $"From planning, {string.Join(", ", numbers)}."), (IReadOnlyList<ProcurementRecommendation>)[.. group]);
            }),
        ];
    }

    private static OrderLineDraft Line(ProcurementRecommendation row, PartOffer offer)
    {
        var quantity = Whole(row.Quantity);
        return new(null, row.PartId, offer.PartNumber, offer.SupplierPartNumber, offer.Name, quantity, offer.UnitId, offer.Unit, offer.PriceAt(quantity, offer.UnitId)!.Value, row.NeedBy, null);
    }

    private static string? WhyNot(ProcurementRecommendation row, Supplier? supplier, PartOffer? offer) => (supplier, offer) switch
    {
        (null, _) when row.SupplierId is null => "nobody is chosen to supply it. Choose a supplier, or put it into an RFQ.",
        (null, _) => "its supplier was deleted. Choose another.",
        ({ IsActive: false }, _) => $"{supplier.Name} is not active. Choose another supplier, or make this one active on its page.",
        ({ BlockedFor: SupplierBlock.Order }, _) => $"{supplier.Name} is blocked for orders: {supplier.BlockReason} Choose another supplier, or lift the block on the supplier's page.",
        (_, null) => "the part was deleted. Restore it, or reject its recommendation.",
        (_, { UnitPrice: null, ListCurrency: { } currency }) => $"there is no exchange rate for {currency}. Add it under Settings, Exchange rates.",
        (_, { UnitPrice: null }) => $"{supplier.Name} has no price for it that holds today. Enter one on the part's page, choose another supplier, or put it into an RFQ.",
        _ => null,
    };

    // Lines keep four decimals; never less than the need.
    private static decimal Whole(decimal quantity) => decimal.Ceiling(quantity * 10_000) / 10_000;

    private static string Count(int rows) => rows == 1 ? "a recommendation" : $"{rows} recommendations";

    // A planner's draft would lie unseen where the planner may not go on with it.
    private async Task TellDeskAsync(SourcingDb db, Permission needed, string text, string link, CancellationToken ct)
    {
        if (user.May(needed))
        {
            return;
        }

        var people = await db.People.Where(p => p.IsActive && p.Id != user.Id && p.Roles.Contains(nameof(Role.Buyer))).Select(p => new { p.Id, p.Roles }).Take(200).ToListAsync(ct);
        var desk = people.Where(p => Permissions.Allow(p.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>), needed)).Select(p => p.Id);
        await db.NotifyAsync(desk, text, link, "rule", ct);
    }
}
