using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class RfqServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_keeps_everything_that_was_typed_and_leaves_blank_rows_out()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = await FormAsync(scope);
        form.Lines.Insert(1, new());
        form.Lines.Add(new() { Description = "Cones", Quantity = 0.25m, UnitId = form.Lines[0].UnitId, TargetPrice = 3.1415m, NeedBy = new(2027, 1, 15), Note = "Paper" });
        var id = await scope.Get<RfqService>().SaveAsync(form, _ct);
        var saved = await LoadAsync(scope, id);
        Assert.Equal(("Combed cotton", "For spring", "EUR", "DAP", "Works 2", "30 days net"),
            (saved.Title, saved.Description, saved.Currency, saved.Incoterm, saved.DeliveryPlace, saved.PaymentTerms));
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 16, 0, 0, TimeSpan.Zero), saved.Deadline);
        Assert.Equal(["Yarn", "Cones"], saved.Lines.OrderBy(l => l.LineNo).Select(l => l.Description));
        Assert.Equal(new RfqLineContent("Cones", 0.25m, form.Lines[0].UnitId!.Value) { TargetPrice = 3.1415m, NeedBy = new(2027, 1, 15), Note = "Paper" },
            saved.Lines.Single(l => l.LineNo == 20).Content());
        Assert.Matches("^RFQ-[0-9]{4}-[0-9]{5}$", saved.Number);
        Assert.Equal(scope.User.Id, saved.BuyerId);
    }

    [Fact]
    public async Task A_second_click_makes_no_second_draft()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = await FormAsync(scope);
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scope.Get<RfqService>().SaveAsync(form, _ct)));
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Lines_are_reordered_changed_and_removed_in_one_act_and_keep_their_identity()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, lines: 3, buyer: scope.User.Identity);
        var form = await EditAsync(scope, made.Id);
        form.Lines = [form.Lines[2], form.Lines[0]];
        await scope.Get<RfqService>().SaveAsync(form, _ct);
        var saved = await LoadAsync(scope, made.Id);
        Assert.Equal([(10, made.Lines[2]), (20, made.Lines[0])], saved.Lines.OrderBy(l => l.LineNo).Select(l => (l.LineNo, l.Id)));
    }

    [Fact]
    public async Task Two_people_who_edit_the_lines_of_one_draft_meet()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, buyer: scope.User.Identity);
        var (mine, theirs) = (await EditAsync(scope, made.Id), await EditAsync(scope, made.Id));
        theirs.Lines[0].Quantity = 7;
        await scope.Get<RfqService>().SaveAsync(theirs, _ct);
        mine.Lines[1].Quantity = 9;
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<RfqService>().SaveAsync(mine, _ct));
        Assert.Equal(7, (await LoadAsync(scope, made.Id)).Lines.Single(l => l.LineNo == 10).Quantity);
    }

    [Fact]
    public async Task A_wrong_row_is_named_by_its_line_and_field_and_nothing_is_saved()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = await FormAsync(scope);
        form.Lines.Add(new() { Description = "Cones", Quantity = -1 });
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RfqService>().SaveAsync(form, _ct));
        Assert.Equal(["Lines[1].Quantity", "Lines[1].UnitId"], refusal.Errors.Select(e => e.Field));
        Assert.StartsWith("Line 20: ", refusal.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_was_deleted_meanwhile_is_refused_by_line()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = await FormAsync(scope);
        form.Lines[0].PartId = Guid.CreateVersion7();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RfqService>().SaveAsync(form, _ct));
        Assert.Equal("Lines[0].PartId", Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public async Task Opening_writes_to_every_supplier_with_a_link_of_its_own_and_keeps_only_its_hash()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, suppliers: 2, buyer: scope.User.Identity);
        await scope.Get<RfqService>().OpenAsync(await ActAsync(scope, made.Id), _ct);
        var saved = await LoadAsync(scope, made.Id);
        Assert.Equal(RfqStatus.Open, saved.Status);
        Assert.All(saved.Invitations, i => Assert.NotNull(i.InvitedAt));
        var mails = await MailsAsync(scope, made.Id);
        Assert.Equal(2, mails.Count);
        Assert.Equal(
            saved.Invitations.Select(i => i.AccessTokenHash).Order(),
            mails.Select(m => RfqInvitation.HashOf(m.Link!["/q/".Length..])).Order());
        Assert.All(mails, m => Assert.Contains(saved.Number, m.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_people_who_open_one_draft_at_once_send_one_invitation_each()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, suppliers: 2, buyer: scope.User.Identity);
        var act = await ActAsync(scope, made.Id);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await scope.Get<RfqService>().OpenAsync(new RfqActForm { Id = made.Id, Version = act.Version }, _ct);
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, won => won);
        Assert.Equal(2, (await MailsAsync(scope, made.Id)).Count);
    }

    [Fact]
    public async Task What_was_changed_after_it_was_looked_at_is_not_sent()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, buyer: scope.User.Identity);
        var act = await ActAsync(scope, made.Id);
        var form = await EditAsync(scope, made.Id);
        form.Lines[0].Quantity = 99;
        await scope.Get<RfqService>().SaveAsync(form, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<RfqService>().OpenAsync(act, _ct));
        Assert.Empty(await MailsAsync(scope, made.Id));
    }

    [Fact]
    public async Task A_supplier_blocked_since_it_was_chosen_stops_the_opening_by_name()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, buyer: scope.User.Identity);
        await BlockAsync(scope, made.Suppliers[1]);
        var refusal = await Assert.ThrowsAsync<RefusedException>(async () => await scope.Get<RfqService>().OpenAsync(await ActAsync(scope, made.Id), _ct));
        Assert.Contains("Late twice", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RfqStatus.Draft, (await LoadAsync(scope, made.Id)).Status);
    }

    [Fact]
    public async Task Extending_tells_whoever_has_not_declined()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 3, buyer: scope.User.Identity);
        var invitation = (await LoadAsync(scope, made.Id)).Invitations.Single(i => i.SupplierId == made.Suppliers[0]);
        await scope.Get<InvitationService>().DeclineAsync(new() { InvitationId = invitation.Id, Reason = DeclineReason.NoCapacity }, _ct);
        await scope.Get<RfqService>().ExtendDeadlineAsync(new() { Id = made.Id, Deadline = new(2099, 7, 1, 12, 0, 0), DeadlineTimeZone = "Europe/Berlin", Reason = "Two suppliers asked for time." }, _ct);
        Assert.Equal(new DateTimeOffset(2099, 7, 1, 10, 0, 0, TimeSpan.Zero), (await LoadAsync(scope, made.Id)).Deadline);
        var mails = await MailsAsync(scope, made.Id);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.Contains("1 Jul 2099, 12:00 (Europe/Berlin)", m.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_needs_a_reason_which_the_suppliers_read()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database, suppliers: 1, buyer: scope.User.Identity);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RfqService>().CancelAsync(new() { Id = made.Id }, _ct));
        await scope.Get<RfqService>().CancelAsync(new() { Id = made.Id, Reason = "The customer withdrew." }, _ct);
        Assert.Contains("The customer withdrew.", Assert.Single(await MailsAsync(scope, made.Id)).Body, StringComparison.Ordinal);
        Assert.Equal(RfqStatus.Cancelled, (await LoadAsync(scope, made.Id)).Status);
    }

    [Fact]
    public async Task A_copy_is_a_draft_of_the_same_lines_without_deadline_and_without_suppliers_that_are_blocked()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.ClosedRfqAsync(database, suppliers: 3, buyer: scope.User.Identity);
        await BlockAsync(scope, made.Suppliers[0]);
        var copy = await LoadAsync(scope, await scope.Get<RfqService>().CopyAsync(new() { Id = made.Id }, _ct));
        Assert.Equal((RfqStatus.Draft, null, 4), (copy.Status, copy.Deadline, copy.Lines.Count));
        Assert.Equal(made.Suppliers.Skip(1).Order(), copy.Invitations.Select(i => i.SupplierId).Order());
        Assert.All(copy.Invitations, i => Assert.Null(i.InvitedAt));
        Assert.DoesNotContain(copy.Lines, l => made.Lines.Contains(l.Id));
    }

    [Fact]
    public async Task Only_a_draft_is_deleted_and_it_can_be_found_again()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (draft, open) = (await Make.DraftRfqAsync(database), await Make.OpenRfqAsync(database));
        await scope.Get<RfqService>().DeleteDraftAsync(draft.Id, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RfqService>().DeleteDraftAsync(open.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<RfqService>().DeleteDraftAsync(draft.Id, _ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfqs where id = $1 and deleted_at is not null and deleted_by = $2", draft.Id, scope.User.Id));
    }

    [Fact]
    public async Task A_card_moves_by_hand_only_where_nothing_else_is_needed()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.OpenRfqAsync(database);
        var service = scope.Get<RfqService>();
        await service.MoveAsync(new() { Id = made.Id }, RfqStatus.Open, RfqStatus.Closed, _ct);
        await service.MoveAsync(new() { Id = made.Id }, RfqStatus.Closed, RfqStatus.Evaluating, _ct);
        var award = await Assert.ThrowsAsync<RefusedException>(() => service.MoveAsync(new() { Id = made.Id }, RfqStatus.Evaluating, RfqStatus.Awarded, _ct));
        Assert.Contains("winners", award.Message, StringComparison.Ordinal);
        var reopen = await Assert.ThrowsAsync<RefusedException>(() => service.MoveAsync(new() { Id = made.Id }, RfqStatus.Evaluating, RfqStatus.Open, _ct));
        Assert.Contains("deadline", reopen.Message, StringComparison.Ordinal);
        Assert.Equal(RfqStatus.Evaluating, (await LoadAsync(scope, made.Id)).Status);
    }

    [Fact]
    public async Task Lines_added_from_elsewhere_stand_below_the_others()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var made = await Make.DraftRfqAsync(database, lines: 2, buyer: scope.User.Identity);
        var unit = (await EditAsync(scope, made.Id)).Lines[0].UnitId;
        await scope.Get<RfqService>().AddLinesAsync(Guid.CreateVersion7(), made.Id, [new() { Description = "More", Quantity = 5, UnitId = unit }], _ct);
        Assert.Equal([10, 20, 30], (await LoadAsync(scope, made.Id)).Lines.Select(l => l.LineNo).Order());
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Supplier)]
    [InlineData(Role.SalesRep)]
    public async Task Nobody_without_the_permission_writes(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        var rfqs = scope.Get<RfqService>();
        var invitations = scope.Get<InvitationService>();
        var id = Guid.CreateVersion7();
        Func<Task>[] acts =
        [
            () => rfqs.SaveAsync(new(), _ct),
            () => rfqs.AddLinesAsync(id, id, [], _ct),
            () => rfqs.CopyAsync(new() { Id = id }, _ct),
            () => rfqs.OpenAsync(new() { Id = id }, _ct),
            () => rfqs.CloseAsync(new() { Id = id }, _ct),
            () => rfqs.StartEvaluationAsync(new() { Id = id }, _ct),
            () => rfqs.CompleteAsync(new() { Id = id }, _ct),
            () => rfqs.MoveAsync(new() { Id = id }, RfqStatus.Open, RfqStatus.Closed, _ct),
            () => rfqs.ExtendDeadlineAsync(new() { Id = id }, _ct),
            () => rfqs.CancelAsync(new() { Id = id }, _ct),
            () => rfqs.PauseAsync(new() { Id = id }, _ct),
            () => rfqs.ResumeAsync(new() { Id = id }, _ct),
            () => scope.Get<RoundService>().StartAsync(new() { Id = id }, _ct),
            () => scope.Get<RoundService>().ChoicesAsync(id, _ct),
            () => scope.Get<QuestionService>().AnswerAsync(new() { Id = id }, _ct),
            () => rfqs.DeleteDraftAsync(id, _ct),
            () => invitations.InviteAsync(new() { Id = id }, _ct),
            () => invitations.UninviteAsync(id, _ct),
            () => invitations.RenewLinkAsync(id, _ct),
            () => invitations.RevokeLinkAsync(id, _ct),
            () => invitations.RemindAsync(id, _ct),
            () => invitations.RemindAllAsync(id, _ct),
            () => invitations.DeclineAsync(new() { InvitationId = id }, _ct),
            () => scope.Get<RfqDeadlineService>().RunAsync(_ct),
        ];
        foreach (var act in acts)
        {
            Assert.Equal(Permission.RfqsWrite, (await Assert.ThrowsAsync<DeniedException>(act)).Permission);
        }
    }

    private async Task<RfqForm> FormAsync(TestScope scope) => new()
    {
        Title = " Combed cotton ", Description = "For spring", Deadline = new(2027, 1, 4, 17, 0, 0), Incoterm = "DAP", DeliveryPlace = "Works 2", PaymentTerms = "30 days net",
        Lines = [new() { Description = "Yarn", Quantity = 100, UnitId = await UnitAsync(scope) }],
    };

    private Task<Guid> UnitAsync(TestScope scope) => scope.Get<Database>().WriteAsync(async (db, ct) =>
    {
        var unit = await Make.UnitAsync(db, "kg", ct);
        await db.SaveChangesAsync(ct);
        return unit;
    }, _ct);

    private async Task<RfqForm> EditAsync(TestScope scope, Guid id)
    {
        var rfq = await LoadAsync(scope, id);
        return new()
        {
            Id = id, Version = rfq.Version, Title = rfq.Title, Currency = rfq.Currency,
            Deadline = DeadlineMoment.Local(rfq.Deadline!.Value, rfq.DeadlineTimeZone), DeadlineTimeZone = rfq.DeadlineTimeZone,
            Lines = [.. rfq.Lines.OrderBy(l => l.LineNo).Select(l => new RfqLineForm { Id = l.Id, Description = l.Description, Quantity = l.Quantity, UnitId = l.UnitId })],
        };
    }

    private async Task<RfqActForm> ActAsync(TestScope scope, Guid id) => new() { Id = id, Version = (await LoadAsync(scope, id)).Version };

    private Task<Rfq> LoadAsync(TestScope scope, Guid id) => scope.Get<Database>().ReadAsync(
        (db, ct) => db.Rfqs.AsNoTracking().Include(r => r.Lines).Include(r => r.Invitations).SingleAsync(r => r.Id == id, ct), _ct);

    private Task<List<Data.Operations.OutboxMessage>> MailsAsync(TestScope scope, Guid rfqId) => scope.Get<Database>().ReadAsync(
        (db, ct) => db.OutboxMessages.AsNoTracking().Where(m => m.EntityType == "rfqs" && m.EntityId == rfqId).ToListAsync(ct), _ct);

    private Task BlockAsync(TestScope scope, Guid supplierId) => scope.Get<Database>().WriteAsync(async (db, ct) =>
    {
        (await db.Suppliers.SingleAsync(s => s.Id == supplierId, ct)).Block(SupplierBlock.Rfq, "Late twice.", await db.NowAsync(ct));
        await db.SaveChangesAsync(ct);
    }, _ct);
}
