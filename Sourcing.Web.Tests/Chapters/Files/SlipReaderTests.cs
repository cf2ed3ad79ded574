using Sourcing.Data.Chapters.Files;
using static Sourcing.Web.Tests.Chapters.Files.MadeReport;

namespace Sourcing.Web.Tests.Chapters.Files;

public sealed class SlipReaderTests
{
    [Fact]
    public void Every_kind_of_slip_is_read_by_its_own_rule()
    {
        var report = ReadSlips(
            "Anna Berg|Ben Carter|Referral|Outside",
            "Anna Berg|Ben Carter|Referral|Tier 1 (inside)",
            "Anna Berg|Ben Carter|One-to-One",
            "|Anna Berg|TYFCB|Outside|$1,250.50||Lakeside",
            "Cora Díaz||CEU|||#2.5|Selling by listening",
            "Dan Eriksen|Gil Harper|Visitor");
        Assert.Empty(report.Issues);
        Assert.Equal([2, 1], report.Slips.Where(s => s.Kind == ReportSlipKind.Referral).Select(s => s.Tier!.Value));
        var business = report.Slips.Single(s => s.Kind == ReportSlipKind.ClosedBusiness);
        // A detail stands there: outside. Nobody is the giver, the person thanked is credited.
        Assert.Equal((PartyState.Nobody, Member("Anna Berg"), false, 1250.50m), (business.From.State, business.To.Member!.Value, business.IsInside, business.Amount));
        var credits = report.Slips.Single(s => s.Kind == ReportSlipKind.Credits);
        Assert.Equal((Member("Cora Díaz"), 2.5m), (credits.From.Member!.Value, credits.Credits));
        var visitor = report.Slips.Single(s => s.Kind == ReportSlipKind.Visitor);
        Assert.Equal((Member("Dan Eriksen"), "Gil Harper"), (visitor.From.Member!.Value, visitor.Visitor));
    }

    [Fact]
    public void Closed_business_without_detail_is_inside() => Assert.True(ReadSlips("|Anna Berg|TYFCB||#10").Slips.Single().IsInside);

    [Fact]
    public void The_bold_cell_is_the_other_chapters_person_even_with_a_members_name()
    {
        var report = ReadSlips("*Anna Berg|Ben Carter|Referral|Inside|||Lakeside", "Anna Berg|*Ike Jones|Referral|Inside|||Lakeside", "|*Kim Lund|TYFCB||#5");
        Assert.Empty(report.Issues);
        Assert.Equal([PartyState.External, PartyState.Member], [report.Slips[0].From.State, report.Slips[0].To.State]);
        Assert.Equal("Lakeside", report.Slips[1].To.Chapter);
        // Bold and without a detail: nobody's member.
        Assert.Equal((PartyState.External, ""), (report.Slips[2].To.State, report.Slips[2].To.Chapter));
    }

    [Fact]
    public void An_unknown_name_beside_a_bold_one_is_asked_for()
    {
        // The other cell is marked, so that this one belongs to our chapter and is misspelt.
        var report = ReadSlips("*Ike Jones|Ben Cartar|Referral|Inside|||Lakeside");
        var issue = Assert.Single(report.Issues);
        Assert.Equal(("NAME_UNKNOWN", 2, "To", "Ben Cartar", IssueEffect.Assign), (issue.CodeText, issue.Row!.Value, issue.Column, issue.Value, issue.Effect));
        Assert.False(report.IsReady);
        Assert.False(Assert.Single(report.Slips).IsReady);
    }

    [Fact]
    public void Without_styles_an_unknown_name_with_a_detail_is_external()
    {
        var report = Csv(Slips, "Ike Jones|Ben Carter|Referral|Inside|||Lakeside", "Ike Jones|Ben Carter|Referral|Inside").Read();
        Assert.Equal(["BOLD_LOST", "NAME_UNKNOWN"], report.Codes());
        Assert.Equal([PartyState.External, PartyState.Unknown], report.Slips.Select(s => s.From.State));
    }

    [Theory]
    [InlineData("Anna Berg|Ben Carter|Referal|Inside", "SLIP_TYPE", "Slip Type", "Referal")]
    [InlineData("Anna Berg|Ben Carter||Inside", "SLIP_TYPE", "Slip Type", "")]
    [InlineData("|Ben Carter|Referral|Inside", "NAME_MISSING", "From", "")]
    [InlineData("Anna Berg||One-to-One", "NAME_MISSING", "To", "")]
    [InlineData("Anna Berg|#42|Referral|Inside", "NAME_IS_NUMBER", "To", "42")]
    [InlineData("Anna Berg|Dr. Anna  BERG jr.|One-to-One", "SELF_SLIP", "To", "Dr. Anna  BERG jr.")]
    [InlineData("Anna Berg|Ben Carter|Referral|Sideways", "TIER", "Inside/Outside", "Sideways")]
    [InlineData("Anna Berg|Ben Carter|Referral", "TIER", "Inside/Outside", "")]
    [InlineData("Anna Berg|Ben Carter|Referral|Tier 3+", "TIER", "Inside/Outside", "Tier 3+")]
    [InlineData("|Anna Berg|TYFCB|Maybe|#5", "TIER", "Inside/Outside", "Maybe")]
    [InlineData("|Anna Berg|TYFCB||#0", "AMOUNT", "TYFCB Amount", "0")]
    [InlineData("|Anna Berg|TYFCB||-5", "AMOUNT", "TYFCB Amount", "-5")]
    [InlineData("|Anna Berg|TYFCB||#1.005", "AMOUNT", "TYFCB Amount", "1.005")]
    [InlineData("|Anna Berg|TYFCB||a lot", "AMOUNT", "TYFCB Amount", "a lot")]
    [InlineData("|Anna Berg|TYFCB", "AMOUNT", "TYFCB Amount", "")]
    [InlineData("Anna Berg||CEU|||#0", "CREDITS", "CEU Credits", "0")]
    [InlineData("Anna Berg||CEU|||1.234", "CREDITS", "CEU Credits", "1.234")]
    [InlineData("*Ike Jones|*Kim Lund|Referral|Inside|||Lakeside", "BOTH_EXTERNAL", "From", "Ike Jones")]
    public void A_row_at_fault_is_left_out_and_said_where_and_how_to_mend_it(string row, string code, string column, string value)
    {
        var report = ReadSlips("Anna Berg|Ben Carter|One-to-One", row);
        var issue = Assert.Single(report.Issues);
        Assert.Equal((code, "slips.xls", 3, column, value, IssueEffect.RowError), (issue.CodeText, issue.File, issue.Row!.Value, issue.Column, issue.Value, issue.Effect));
        Assert.NotEmpty(issue.Fix);
        Assert.Single(report.Slips);
        Assert.True(report.IsReady);
    }

    [Fact]
    public void Equal_rows_are_kept()
    {
        Assert.Equal(3, ReadSlips([.. Enumerable.Repeat("Anna Berg|Ben Carter|Referral|Inside", 3)]).Slips.Count);
    }

    [Fact]
    public void The_same_meeting_told_by_both_is_warned_of_within_a_week()
    {
        string[] rows = [Slips, "Anna Berg|Ben Carter|One-to-One", "Cora Díaz|Dan Eriksen|One-to-One", "Ben Carter|Anna Berg|One-to-One"];
        var day = Context with { Chosen = new(new(2026, 1, 7), new(2026, 1, 7)) };
        var issue = Assert.Single(Xml(rows).Read(day).Issues);
        Assert.Equal(("POSSIBLE_DOUBLE", 4, IssueEffect.Warn), (issue.CodeText, issue.Row!.Value, issue.Effect));
        // In a whole month the two can be two weeks apart: nothing tells.
        Assert.Empty(Xml(rows).Read().Issues);
    }

    [Theory]
    [InlineData("Von|An|Slip-Typ|Intern/Extern|TYFCB Betrag|CEU Punkte|Einzelheiten", "Empfehlung|Extern")]
    [InlineData("De|À|Type de fiche|Interne/Externe|Montant TYFCB|Crédits CEU|Détail", "Recommandation|Externe")]
    [InlineData("De|Para|Tipo de boleta|Interno/Externo|Monto TYFCB|Créditos CEU|Detalle", "Referencia|Externo")]
    [InlineData("De|Para|Tipo de formulário|Interno/Externo|Valor TYFCB|Créditos CEU|Detalhe", "Referência|Externo")]
    public void Reports_in_other_languages_are_read(string heads, string words)
    {
        var report = Xml(heads, "Anna Berg|Ben Carter|" + words).Read();
        Assert.Empty(report.Issues);
        Assert.Equal((ReportSlipKind.Referral, 2), (report.Slips.Single().Kind, report.Slips.Single().Tier!.Value));
    }

    [Fact]
    public void Columns_are_found_by_their_heads_wherever_they_stand_and_with_spacers()
    {
        var report = Xml("Detail||Slip Type|To||From|CEU Credits||TYFCB Amount|Inside/Outside", "||Referral|Ben Carter||Anna Berg||||Inside").Read();
        Assert.Empty(report.Issues);
        Assert.Equal((Member("Anna Berg"), Member("Ben Carter")), (report.Slips.Single().From.Member!.Value, report.Slips.Single().To.Member!.Value));
    }

    [Fact]
    public void A_new_upload_is_compared_with_the_batch_that_it_replaces()
    {
        var before = ReadSlips("Anna Berg|Ben Carter|Referral|Inside", "Anna Berg|Ben Carter|Referral|Inside", "Anna Berg|Cora Díaz|One-to-One", "|Anna Berg|TYFCB||#100");
        var after = ReadSlips("|Anna Berg|TYFCB||100.00", "Mr Anna  berg|Ben Carter|Referral|Tier 1", "Anna Berg|Ben Carter|Referral|Inside", "Anna Berg|Ben Carter|Referral|Inside");
        var diff = RowDiff.Of(before.Slips, after.Slips);
        // Three equal referrals against two: two unchanged and one added; the amount is the same one; the one-to-one is gone.
        Assert.Equal([5], diff.Added.Select(s => s.Row));
        Assert.Equal([4], diff.Removed.Select(s => s.Row));
        Assert.Equal(3, diff.Unchanged.Count);
        Assert.True(RowDiff.Of(before.Slips, before.Slips.Reverse()).IsEmpty);
    }

    [Theory]
    [InlineData("1,234.50", "1234.50")]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("€ 1 234,5", "1234.5")]
    [InlineData("1,234", "1234")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("12,5", "12.5")]
    [InlineData("Rs 5", null)]
    [InlineData("1,2,3", null)]
    [InlineData("12.345", null)]
    public void Amounts_are_read_as_people_write_them(string text, string? value) =>
        Assert.Equal(value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), Figure.Read(text, false, out _));
}
