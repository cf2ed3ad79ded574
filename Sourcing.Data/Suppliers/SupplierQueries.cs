using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Suppliers;

/// <summary>Reads suppliers.</summary>
public sealed class SupplierQueries(Database database, CurrentUser user)
{
    /// <summary>RFQs and orders of a supplier are listed up to this many.</summary>
    public const int MostDocuments = 100;

    /// <summary>The suppliers that match best: codes, names, places, what they can do. For pickers and the palette.</summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<SupplierHit>> FindAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync<IReadOnlyList<SupplierHit>>(
            async (db, token) => await db.Database
                .SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_suppliers({text.Trim()}, {Math.Clamp(most, 1, 50) * 4})")
                .Join(db.Suppliers, hit => hit.Id, supplier => supplier.Id, (hit, supplier) => new { hit.Rank, Supplier = supplier })
                .OrderByDescending(x => x.Rank).ThenBy(x => x.Supplier.Name).ThenBy(x => x.Supplier.Id).Take(Math.Clamp(most, 1, 50))
                .Select(x => new SupplierHit(x.Supplier.Id, x.Supplier.Code, x.Supplier.Name, x.Supplier.Country, x.Supplier.Currency, x.Supplier.BlockedFor, x.Supplier.IsActive) { Rank = x.Rank })
                .ToListAsync(token), ct);
    }

    /// <summary>The same for keys that are known. Deleted suppliers too, for old documents.</summary>
    public Task<IReadOnlyList<SupplierHit>> ByIdAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync<IReadOnlyList<SupplierHit>>(
            async (db, token) => await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => ids.Contains(s.Id)).OrderBy(s => s.Name).ThenBy(s => s.Id)
                .Select(s => new SupplierHit(s.Id, s.Code, s.Name, s.Country, s.Currency, s.BlockedFor, s.IsActive)).ToListAsync(token), ct);
    }

    /// <summary>Everything about a supplier but lists; null when there is none. A deleted one is shown to those who may restore it.</summary>
    public Task<SupplierDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        var deletedToo = user.May(Permission.SuppliersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var s = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).AsNoTracking()
                    .SingleOrDefaultAsync(x => x.Id == id && (x.DeletedAt == null || deletedToo), token);
                if (s is null)
                {
                    return null;
                }

                var contacts = await db.SupplierContacts.Where(c => c.SupplierId == id).OrderByDescending(c => c.ReceivesRfqs).ThenBy(c => c.Name).ThenBy(c => c.Id)
                    .Select(c => new ContactView(c.Id, c.Name, c.Role, c.Email, c.Phone, c.ReceivesRfqs)).ToListAsync(token);
                var portal = await db.SupplierUsers.Where(u => u.SupplierId == id).Join(db.People, u => u.UserId, p => p.Id, (_, p) => p.FullName).Order().ToListAsync(token);
                return new SupplierDetails(
                    s.Id, s.Code, s.Name, s.Category, s.Region, s.Country, s.ContactName, s.Email, s.Phone, s.Website, s.Address, s.DefaultLeadTimeDays, s.ReliabilityScore,
                    s.RiskLevel, s.IsActive, s.BlockedFor, s.BlockReason, s.BlockedAt, s.Capabilities, s.Materials, s.Processes, s.PaymentTerms,
                    s.Currency, s.Incoterm, s.TaxId, s.Notes, s.CreatedAt, s.UpdatedAt, s.DeletedAt, s.Version)
                {
                    ManualBlock = s.ManualBlock, ManualBlockReason = s.ManualBlockReason, ManualBlockedAt = s.ManualBlockedAt, StandingBlock = s.StandingBlock,
                    Mark = s is { Standing: { } standing, StandingScore: { } score } ? new(standing, score, s.StandingEffect) : null,
                    Contacts = contacts, PortalUsers = portal, PriceCount = await db.SupplierParts.Where(p => p.SupplierId == id).Take(10_000).CountAsync(token),
                    OtherNames = await db.NameAliases.Where(a => a.Kind == Imports.NameKind.Supplier && a.TargetId == id).OrderBy(a => a.Plain).Select(a => a.Alias).Take(20).ToListAsync(token),
                };
            }, ct);
    }

    /// <summary>A supplier as its editor opens it. Refuses one that is not there.</summary>
    public async Task<SupplierForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        var s = await DetailsAsync(id, ct) is { DeletedAt: null } found ? found : throw new MissingException("supplier");
        return new()
        {
            Id = s.Id, Version = s.Version, Code = s.Code, Name = s.Name, Category = s.Category, Region = s.Region, Country = s.Country, ContactName = s.ContactName,
            Email = s.Email, Phone = s.Phone, Website = s.Website, Address = s.Address, DefaultLeadTimeDays = s.DefaultLeadTimeDays, RiskLevel = s.RiskLevel, IsActive = s.IsActive,
            Capabilities = [.. s.Capabilities], Materials = [.. s.Materials], Processes = [.. s.Processes], PaymentTerms = s.PaymentTerms, Currency = s.Currency,
            Incoterm = s.Incoterm, TaxId = s.TaxId, Notes = s.Notes,
            Contacts = [.. s.Contacts.Select(c => new ContactForm { Id = c.Id, Name = c.Name, Role = c.Role, Email = c.Email, Phone = c.Phone, ReceivesRfqs = c.ReceivesRfqs })],
        };
    }

    /// <summary>Suppliers that the one being typed may be again: same code, tax number or firm's e-mail domain, or a name much alike; at most ten.</summary>
    public Task<IReadOnlyList<SupplierDuplicate>> DuplicatesAsync(SupplierForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        var (code, tax, name) = ((form.Code ?? "").Trim(), (form.TaxId ?? "").Trim(), (form.Name ?? "").Trim());
        var domain = MailAddress.FirmOf(form.Email);
        return database.ReadAsync<IReadOnlyList<SupplierDuplicate>>(
            async (db, token) =>
            {
                var found = await db.Database.SqlQuery<Likeness>(
                        $"select id as \"Id\", why as \"Why\" from app.supplier_duplicates({code}, {name}, {tax}, {domain})")
                    .Join(db.Suppliers, d => d.Id, s => s.Id, (d, s) => new SupplierDuplicate(s.Id, s.Code, s.Name, d.Why)).ToListAsync(token);
                return [.. found.Where(d => d.Id != form.Id).DistinctBy(d => d.Id).Take(10)];
            }, ct);
    }

    /// <summary>RFQs that a supplier is invited to, with its answer in the last round; the newest first.</summary>
    public Task<IReadOnlyList<SupplierDocument>> RfqsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync<IReadOnlyList<SupplierDocument>>(
            async (db, token) => await db.RfqInvitations.Where(i => i.SupplierId == id)
                .Join(db.Rfqs, i => i.RfqId, r => r.Id, (i, r) => new { Invitation = i, Rfq = r, Quote = db.Quotes.FirstOrDefault(q => q.RfqId == r.Id && q.SupplierId == id && q.Round == i.Round) })
                .OrderByDescending(x => x.Rfq.CreatedAt).ThenBy(x => x.Rfq.Id).Take(MostDocuments)
                .Select(x => new SupplierDocument(
                    x.Rfq.Id, x.Rfq.Number, x.Rfq.Title, x.Rfq.Status, x.Invitation.Status, null,
                    x.Quote!.Status == QuoteStatus.Draft || x.Quote.Status == QuoteStatus.Withdrawn || x.Quote.Status == QuoteStatus.Sealed ? null : x.Quote.Total, x.Quote.Currency ?? x.Rfq.Currency, x.Rfq.Deadline))
                .ToListAsync(token), ct);
    }

    /// <summary>Orders to a supplier, the newest first.</summary>
    public Task<IReadOnlyList<SupplierDocument>> OrdersAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync<IReadOnlyList<SupplierDocument>>(
            async (db, token) => await db.Orders.Where(o => o.SupplierId == id)
                .OrderByDescending(o => o.IssuedAt ?? DateTimeOffset.MaxValue).ThenBy(o => o.Id).Take(MostDocuments)
                .Select(o => new SupplierDocument(
                    o.Id, o.Number, db.Rfqs.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(r => r.Id == o.RfqId).Select(r => r.Number).FirstOrDefault() ?? "",
                    null, null, o.Status, o.Total, o.Currency, o.IssuedAt) { FromRfq = o.RfqId })
                .ToListAsync(token), ct);
    }

    /// <summary>Deleted suppliers, the last deleted first; at most 200.</summary>
    public Task<IReadOnlyList<DeletedRow>> DeletedAsync(CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.ReadAsync<IReadOnlyList<DeletedRow>>(
            async (db, token) => await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.DeletedAt != null && s.MergedInto == null)
                .OrderByDescending(s => s.DeletedAt).ThenBy(s => s.Id).Take(200)
                .Select(s => new DeletedRow(s.Id, s.Code, s.Name, s.DeletedAt!.Value, db.People.Where(x => x.Id == s.DeletedBy).Select(x => x.FullName).FirstOrDefault()))
                .ToListAsync(token), ct);
    }

    private sealed class Likeness
    {
        public Guid Id { get; set; }

        public string Why { get; set; } = "";
    }
}
