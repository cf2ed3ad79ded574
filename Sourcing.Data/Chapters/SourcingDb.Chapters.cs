using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Closing;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Chapter> Chapters => Set<Chapter>();

    public DbSet<ChapterSeat> ChapterSeats => Set<ChapterSeat>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<MembershipTerm> MembershipTerms => Set<MembershipTerm>();

    public DbSet<MemberContact> MemberContacts => Set<MemberContact>();

    public DbSet<MemberAlias> MemberAliases => Set<MemberAlias>();

    public DbSet<ExternalParty> ExternalParties => Set<ExternalParty>();

    public DbSet<Meeting> Meetings => Set<Meeting>();

    public DbSet<Attendance> Attendances => Set<Attendance>();

    public DbSet<Referral> Referrals => Set<Referral>();

    public DbSet<OneToOne> OneToOnes => Set<OneToOne>();

    public DbSet<ClosedBusiness> ClosedBusiness => Set<ClosedBusiness>();

    public DbSet<ClosedBusinessPayer> ClosedBusinessPayers => Set<ClosedBusinessPayer>();

    public DbSet<EducationUnit> EducationUnits => Set<EducationUnit>();

    public DbSet<Testimonial> Testimonials => Set<Testimonial>();

    public DbSet<Visitor> Visitors => Set<Visitor>();

    public DbSet<MonthlyReport> MonthlyReports => Set<MonthlyReport>();

    public DbSet<ReportRevision> ReportRevisions => Set<ReportRevision>();

    /// <inheritdoc cref="ClosedMonth"/>
    public DbSet<ClosedMonth> ClosedMonths => Set<ClosedMonth>();

    /// <inheritdoc cref="MemberName"/>
    public DbSet<MemberName> MemberNames => Set<MemberName>();

    /// <inheritdoc cref="ChapterSlip"/>
    public DbSet<ChapterSlip> ChapterSlips => Set<ChapterSlip>();

    /// <inheritdoc cref="SlipFact"/>
    public DbSet<SlipFact> SlipFacts => Set<SlipFact>();

    /// <inheritdoc cref="AttendanceCount"/>
    public DbSet<AttendanceCount> AttendanceCounts => Set<AttendanceCount>();
}
