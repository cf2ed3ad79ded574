using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>What a supplier's login can reach, whatever the code above it asks for.</summary>
public sealed class RfqRowSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_supplier_sees_the_RFQ_its_lines_and_its_own_invitation_alone()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 3, lines: 4);
        await using var scope = await database.AsAsync(made.Suppliers[1], Role.Supplier);
        var seen = await SeeAsync(scope, made.Id);
        Assert.Equal((1, 4), (seen.Rfqs, seen.Lines));
        Assert.Equal([made.Suppliers[1]], seen.InvitedSuppliers);
    }

    [Fact]
    public async Task A_supplier_that_is_not_invited_sees_nothing()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        Assert.Equal(new Seen(0, 0, [], null), await SeeAsync(scope, made.Id));
    }

    [Fact]
    public async Task A_draft_is_hidden_from_the_suppliers_chosen_for_it()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var scope = await database.AsAsync(made.Suppliers[0], Role.Supplier);
        Assert.Equal(new Seen(0, 0, [], null), await SeeAsync(scope, made.Id));
    }

    [Fact]
    public async Task A_personal_link_opens_its_own_RFQ_and_no_other_of_the_same_supplier()
    {
        var made = await Make.OpenRfqAsync(database);
        var supplier = made.Suppliers[0];
        await using var own = database.As(await database.UserAsync(supplier, [Role.Supplier], made.Id));
        Assert.Equal(1, (await SeeAsync(own, made.Id)).Rfqs);
        var other = await Make.OpenRfqAsync(database);
        await database.SqlAsync("update rfq_invitations set supplier_id = $1 where rfq_id = $2 and supplier_id = $3", supplier, other.Id, other.Suppliers[0]);
        Assert.Equal(0, (await SeeAsync(own, other.Id)).Rfqs);
        await using var portal = await database.AsAsync(supplier, Role.Supplier);
        Assert.Equal(1, (await SeeAsync(portal, other.Id)).Rfqs);
    }

    [Fact]
    public async Task A_revoked_link_and_one_30_days_past_the_deadline_open_nothing()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var link = database.As(await database.UserAsync(made.Suppliers[0], [Role.Supplier], made.Id));
        await database.SqlAsync("update rfqs set deadline = now() - interval '29 days' where id = $1", made.Id);
        Assert.Equal(1, (await SeeAsync(link, made.Id)).Rfqs);
        await database.SqlAsync("update rfqs set deadline = now() - interval '30 days' where id = $1", made.Id);
        Assert.Equal(0, (await SeeAsync(link, made.Id)).Rfqs);
        await database.SqlAsync("update rfqs set deadline = now() + interval '1 day' where id = $1", made.Id);
        await database.SqlAsync("update rfq_invitations set link_revoked_at = now() where rfq_id = $1", made.Id);
        Assert.Equal(0, (await SeeAsync(link, made.Id)).Rfqs);
    }

    [Theory]
    [InlineData("select target_price from rfq_lines")]
    [InlineData("select buyer_id from rfqs")]
    [InlineData("select sales_rep_id from rfqs")]
    [InlineData("select access_token_hash from rfq_invitations")]
    [InlineData("select * from people")]
    [InlineData("update rfqs set deadline = now() + interval '9 days'")]
    [InlineData("update rfq_lines set quantity = 1")]
    [InlineData("update rfq_invitations set link_revoked_at = null")]
    [InlineData("update rfq_invitations set supplier_id = supplier_id")]
    [InlineData("delete from rfq_invitations")]
    [InlineData("insert into rfq_invitations (id, rfq_id, supplier_id, status, contact_name, email, decline_note, reminder_count) select gen_random_uuid(), id, gen_random_uuid(), 'invited', '', '', '', 0 from rfqs")]
    public async Task The_suppliers_login_has_no_right_to(string sql)
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        var identity = await database.UserAsync(made.Suppliers[0], [Role.Supplier]);
        await using var connection = await database.Sources.For(DatabaseAccess.Supplier).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = identity.SessionToken } } };
        await begin.ExecuteNonQueryAsync(_ct);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(_ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    [Fact]
    public async Task A_supplier_answers_its_own_invitation_and_leaves_the_others()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = await database.AsAsync(made.Suppliers[0], Role.Supplier);
        await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var now = await db.NowAsync(ct);
            await db.MarkViewedAsync(made.Id, made.Suppliers[0], now, ct);
            await db.AnswerAsync(made.Id, made.Suppliers[0], InvitationStatus.Declined, now, ct, DeclineReason.NoCapacity, "Full until May");
        }, _ct);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<Database>().WriteAsync(
            async (db, ct) => await db.AnswerAsync(made.Id, made.Suppliers[1], InvitationStatus.Quoting, await db.NowAsync(ct), ct), _ct));
        Assert.Equal("declined no_capacity", await database.ScalarAsync<string>(
            "select status || ' ' || decline_reason from rfq_invitations where rfq_id = $1 and supplier_id = $2 and viewed_at is not null and responded_at is not null", made.Id, made.Suppliers[0]));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from rfq_invitations where rfq_id = $1 and status = 'invited'", made.Id));
    }

    [Fact]
    public async Task Files_meant_for_suppliers_are_seen_by_the_invited_and_internal_ones_by_none()
    {
        var made = await Make.OpenRfqAsync(database);
        await using (var buyer = database.As(made.Buyer))
        {
            await buyer.Get<Database>().WriteAsync(async (db, ct) =>
            {
                db.Add(new Attachment("rfqs", made.Id, "drawing.pdf", "application/pdf", [1], visibleToSupplier: true));
                db.Add(new Attachment("rfqs", made.Id, "budget.pdf", "application/pdf", [1], visibleToSupplier: false));
                db.Add(new Attachment("rfq_lines", made.Lines[0], "shade.pdf", "application/pdf", [1], visibleToSupplier: true));
                await db.SaveChangesAsync(ct);
            }, _ct);
        }

        await using var invited = await database.AsAsync(made.Suppliers[0], Role.Supplier);
        Assert.Equal(["drawing.pdf", "shade.pdf"], await FilesAsync(invited));
        await using var other = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        Assert.Empty(await FilesAsync(other));
    }

    [Fact]
    public async Task What_has_gone_out_cannot_be_deleted_even_by_the_inside_login()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        await using var buyer = database.As(made.Buyer);
        await buyer.Get<Database>().WriteAsync(async (db, ct) =>
        {
            Assert.Equal(0, await db.RfqLines.Where(l => l.RfqId == made.Id).ExecuteDeleteAsync(ct));
            Assert.Equal(0, await db.RfqInvitations.Where(i => i.RfqId == made.Id).ExecuteDeleteAsync(ct));
        }, _ct);
    }

    private async Task<List<string>> FilesAsync(TestScope scope) =>
        await scope.Get<Database>().ReadAsync((db, ct) => db.Attachments.OrderBy(a => a.FileName).Select(a => a.FileName).ToListAsync(ct), _ct);

    private Task<Seen> SeeAsync(TestScope scope, Guid rfqId) => scope.Get<Database>().ReadAsync(async (db, ct) => new Seen(
        await db.Rfqs.CountAsync(r => r.Id == rfqId, ct),
        await db.RfqLines.CountAsync(l => l.RfqId == rfqId, ct),
        [.. await db.RfqInvitations.Where(i => i.RfqId == rfqId).Select(i => i.SupplierId).ToListAsync(ct)],
        await db.RfqContacts.Where(c => c.RfqId == rfqId).Select(c => c.Email).SingleOrDefaultAsync(ct)), _ct);

    private sealed record Seen(int Rfqs, int Lines, Guid[] InvitedSuppliers, string? BuyerMail)
    {
        public bool Equals(Seen? other) =>
            other is not null && (Rfqs, Lines, BuyerMail) == (other.Rfqs, other.Lines, other.BuyerMail) && InvitedSuppliers.SequenceEqual(other.InvitedSuppliers);

        public override int GetHashCode() => HashCode.Combine(Rfqs, Lines, BuyerMail);
    }
}
