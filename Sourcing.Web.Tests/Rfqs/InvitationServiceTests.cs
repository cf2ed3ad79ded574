using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class InvitationServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_added_to_an_open_RFQ_is_written_to_at_once_at_every_contact_for_RFQs()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        var supplier = Make.NewSupplier("Kesmira");
        supplier.Add(new("Ana Pinheda", "Sales", "ana@example.test", "", ReceivesRfqs: true));
        supplier.Add(new("Bo Lind", "Sales", "bo@example.test", "", ReceivesRfqs: true));
        supplier.Add(new("Cy Moss", "Accounts", "cy@example.test", "", ReceivesRfqs: false));
        await AddAsync(scope, supplier);
        await scope.Get<InvitationService>().InviteAsync(new() { Id = made.Id, SupplierIds = [supplier.Id] }, _ct);
        Assert.Equal(["ana@example.test", "bo@example.test"], await RecipientsAsync(scope, made.Id));
        var invitation = await FindAsync(scope, made.Id, supplier.Id);
        Assert.Equal(("Ana Pinheda", "ana@example.test"), (invitation.ContactName, invitation.Email));
        Assert.NotNull(invitation.InvitedAt);
    }

    [Fact]
    public async Task A_supplier_chosen_for_a_draft_is_not_written_to_and_can_be_taken_out()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, suppliers: 1);
        var supplier = Make.NewSupplier("Kesmira");
        await AddAsync(scope, supplier);
        await scope.Get<InvitationService>().InviteAsync(new() { Id = made.Id, SupplierIds = [supplier.Id] }, _ct);
        Assert.Empty(await RecipientsAsync(scope, made.Id));
        await scope.Get<InvitationService>().UninviteAsync((await FindAsync(scope, made.Id, supplier.Id)).Id, _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfq_invitations where rfq_id = $1", made.Id));
    }

    [Fact]
    public async Task A_blocked_supplier_is_refused_with_its_reason_and_nobody_else_is_invited_either()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        var (good, blocked) = (Make.NewSupplier("Aurora"), Make.NewSupplier("Varnholt"));
        blocked.Block(SupplierBlock.Rfq, "Late twice.", Make.Noon);
        await AddAsync(scope, good, blocked);
        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => scope.Get<InvitationService>().InviteAsync(new() { Id = made.Id, SupplierIds = [good.Id, blocked.Id] }, _ct));
        Assert.Contains("Varnholt", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Late twice.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfq_invitations where rfq_id = $1", made.Id));
    }

    [Fact]
    public async Task The_same_supplier_invited_by_two_people_at_once_stands_there_once()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        var supplier = Make.NewSupplier("Kesmira");
        await AddAsync(scope, supplier);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await scope.Get<InvitationService>().InviteAsync(new() { Id = made.Id, SupplierIds = [supplier.Id] }, _ct);
                return "";
            }
            catch (RefusedException refusal)
            {
                return refusal.Message;
            }
        }));
        Assert.Single(outcomes, o => o.Length == 0);
        Assert.All(outcomes, o => Assert.True(o.Length == 0 || o.Contains("invited already", StringComparison.Ordinal), o));
        Assert.Single(await RecipientsAsync(scope, made.Id));
    }

    [Fact]
    public async Task A_renewed_link_replaces_the_old_one_and_a_revoked_one_is_gone()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        var id = (await FindAsync(scope, made.Id, made.Suppliers[0])).Id;
        var renewed = await scope.Get<InvitationService>().RenewLinkAsync(id, _ct);
        var after = await FindAsync(scope, made.Id, made.Suppliers[0]);
        Assert.Equal(RfqInvitation.HashOf(renewed), after.AccessTokenHash);
        Assert.NotEqual(RfqInvitation.HashOf(made.Tokens[0]), after.AccessTokenHash);
        var told = await database.ScalarAsync<string>("select string_agg(new_values::text, '') from audit_entries where record_id = $1", id);
        Assert.Contains("link_issued_at", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", told, StringComparison.Ordinal);
        await scope.Get<InvitationService>().RevokeLinkAsync(id, _ct);
        Assert.NotNull((await FindAsync(scope, made.Id, made.Suppliers[0])).LinkRevokedAt);
    }

    [Fact]
    public async Task No_link_is_made_for_a_draft()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, suppliers: 1);
        var id = (await FindAsync(scope, made.Id, made.Suppliers[0])).Id;
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<InvitationService>().RenewLinkAsync(id, _ct));
    }

    [Fact]
    public async Task Reminding_all_leaves_those_alone_who_answered_and_says_when_nobody_is_left()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 3);
        var service = scope.Get<InvitationService>();
        await service.DeclineAsync(new() { InvitationId = (await FindAsync(scope, made.Id, made.Suppliers[0])).Id, Reason = DeclineReason.NotInRange }, _ct);
        Assert.Equal(2, await service.RemindAllAsync(made.Id, _ct));
        Assert.Equal(2, (await RecipientsAsync(scope, made.Id)).Count);
        await Assert.ThrowsAsync<RefusedException>(() => service.RemindAllAsync(made.Id, _ct));
    }

    [Fact]
    public async Task Past_the_deadline_nobody_is_invited_or_reminded()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        await Make.PassDeadlineAsync(database, made.Id);
        var supplier = Make.NewSupplier("Kesmira");
        await AddAsync(scope, supplier);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<InvitationService>().InviteAsync(new() { Id = made.Id, SupplierIds = [supplier.Id] }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<InvitationService>().RemindAllAsync(made.Id, _ct));
    }

    private Task AddAsync(TestScope scope, params Supplier[] suppliers) => scope.Get<Database>().WriteAsync(async (db, ct) =>
    {
        db.AddRange(suppliers);
        await db.SaveChangesAsync(ct);
    }, _ct);

    private Task<RfqInvitation> FindAsync(TestScope scope, Guid rfqId, Guid supplierId) => scope.Get<Database>().ReadAsync(
        (db, ct) => db.RfqInvitations.AsNoTracking().SingleAsync(i => i.RfqId == rfqId && i.SupplierId == supplierId, ct), _ct);

    private Task<List<string>> RecipientsAsync(TestScope scope, Guid rfqId) => scope.Get<Database>().ReadAsync(
        (db, ct) => db.OutboxMessages.Where(m => m.EntityType == "rfqs" && m.EntityId == rfqId).OrderBy(m => m.Recipient).Select(m => m.Recipient).ToListAsync(ct), _ct);
}
