(** What the exported scripts call: side conditions, and the rows of the table that are computations. *)
From Coquelicot Require Import Coquelicot.
From Coq Require Import Reals Lra Lia List ZArith.
From Derivations Require Import Base Facts.
Open Scope R_scope.

(** * Existence of derivatives, by the shape of the function *)
Section Smooth.
Variables (F G : R -> R) (x : R).
Hypothesis (HF : ex_derive F x).
Lemma smooth_const (c : R) : ex_derive (fun _ => c) x.
Proof. apply ex_derive_const. Qed.
Lemma smooth_id : ex_derive (fun t => t) x.
Proof. apply ex_derive_id. Qed.
Lemma smooth_opp : ex_derive (fun t => - F t) x.
Proof. apply (ex_derive_opp F x HF). Qed.
Lemma smooth_exp : ex_derive (fun t => exp (F t)) x.
Proof. auto_derive; auto. Qed.
Lemma smooth_ln : 0 < F x -> ex_derive (fun t => ln (F t)) x.
Proof. intros; auto_derive; auto. Qed.
Lemma smooth_sqrt : 0 < F x -> ex_derive (fun t => sqrt (F t)) x.
Proof. intros; auto_derive; auto. Qed.
Lemma smooth_abs : F x <> 0 -> ex_derive (fun t => Rabs (F t)) x.
Proof. intros; auto_derive; auto. Qed.
Lemma smooth_Sigmoid : ex_derive (fun t => Sigmoid (F t)) x.
Proof. unfold Sigmoid; pose proof (exp_pos (- F x)); auto_derive; repeat split; auto; lra. Qed.
Lemma smooth_Softplus : ex_derive (fun t => Softplus (F t)) x.
Proof. unfold Softplus; pose proof (exp_pos (F x)); auto_derive; repeat split; auto; lra. Qed.
Lemma smooth_Tanh : ex_derive (fun t => Tanh (F t)) x.
Proof.
  unfold Tanh; pose proof (exp_pos (F x)); pose proof (exp_pos (- F x)); auto_derive; repeat split; auto; lra.
Qed.
Lemma smooth_Sinh : ex_derive (fun t => Sinh (F t)) x.
Proof. unfold Sinh; auto_derive; auto. Qed.
Lemma smooth_Cosh : ex_derive (fun t => Cosh (F t)) x.
Proof. unfold Cosh; auto_derive; auto. Qed.
Lemma smooth_sin : ex_derive (fun t => sin (F t)) x.
Proof. auto_derive; auto. Qed.
Lemma smooth_cos : ex_derive (fun t => cos (F t)) x.
Proof. auto_derive; auto. Qed.
Lemma smooth_atan : ex_derive (fun t => atan (F t)) x.
Proof.
  apply (ex_derive_comp atan F); [eexists; apply is_derive_Reals, derivable_pt_lim_atan | assumption].
Qed.
Lemma smooth_asin : - (1) < F x -> F x < 1 -> ex_derive (fun t => asin (F t)) x.
Proof.
  intros Hl Hh; assert (Hi : -1 < F x < 1) by lra.
  pose proof (derive_pt_eq_1 _ _ _ _ (derive_pt_asin (F x) Hi)) as Hd.
  apply (ex_derive_comp asin F); [eexists; apply is_derive_Reals; exact Hd | assumption].
Qed.
Lemma smooth_acos : - (1) < F x -> F x < 1 -> ex_derive (fun t => acos (F t)) x.
Proof.
  intros Hl Hh; apply (ex_derive_ext (fun t => PI / 2 - asin (F t))).
  - intros t; unfold acos, asin; destruct (Rle_dec (F t) (-1)), (Rle_dec 1 (F t)); simpl; try lra.
  - apply (ex_derive_minus (fun _ => PI / 2) (fun t => asin (F t))); [apply ex_derive_const | apply smooth_asin; assumption].
Qed.
Lemma smooth_Arsinh : ex_derive (fun t => Arsinh (F t)) x.
Proof.
  apply (ex_derive_ext (fun t => ln (F t + sqrt (F t ^ 2 + 1)))).
  - intros t; unfold Arsinh; rewrite (power_numeral _ 2 2 eq_refl); reflexivity.
  - pose proof (pow2_ge_0 (F x)); assert (Rabs (F x) < sqrt (F x ^ 2 + 1)).
    { rewrite <- sqrt_Rsqr_abs; apply sqrt_lt_1; unfold Rsqr; simpl in *; lra. }
    pose proof (Rabs_maj2 (F x)); auto_derive; repeat split; auto; simpl in *; lra.
Qed.
Lemma smooth_Arcosh : 1 < F x -> ex_derive (fun t => Arcosh (F t)) x.
Proof.
  intros; apply (ex_derive_ext (fun t => ln (F t + sqrt (F t ^ 2 - 1)))).
  - intros t; unfold Arcosh; rewrite (power_numeral _ 2 2 eq_refl); reflexivity.
  - assert (0 < F x ^ 2 - 1) by nra; pose proof (sqrt_pos (F x ^ 2 - 1)).
    auto_derive; repeat split; auto; unfold Rminus in *; simpl in *; lra.
Qed.
Lemma smooth_Artanh : - (1) < F x -> F x < 1 -> ex_derive (fun t => Artanh (F t)) x.
Proof.
  intros; unfold Artanh; auto_derive; repeat split; auto; [lra | apply Rdiv_lt_0_compat; lra].
Qed.
Lemma smooth_sign : F x <> 0 -> ex_derive (fun t => sign (F t)) x.
Proof.
  intros H0; destruct (Rtotal_order (F x) 0) as [H | [H | H]]; [| lra |].
  - apply (ex_derive_ext_loc (fun _ => - (1))); [|apply ex_derive_const].
    apply (filter_imp (fun t => F t < 0)); [intros t Ht; rewrite sign_eq_m1 by assumption; simpl; lra|].
    apply (ex_derive_continuous F x HF (fun y => y < 0)), open_lt; assumption.
  - apply (ex_derive_ext_loc (fun _ => 1)); [|apply ex_derive_const].
    apply (filter_imp (fun t => 0 < F t)); [intros t Ht; rewrite sign_eq_1 by assumption; reflexivity|].
    apply (ex_derive_continuous F x HF (fun y => 0 < y)), open_gt; assumption.
Qed.
Lemma smooth_Root (n : R) : F x <> 0 -> ex_derive (fun t => Root (F t) n) x.
Proof.
  intros H0; unfold Root.
  apply (ex_derive_mult (fun t => sign (F t)) (fun t => exp (ln (Rabs (F t)) / n))); [apply smooth_sign; assumption|].
  destruct (Req_dec n 0) as [Hn | Hn].
  - apply (ex_derive_ext (fun _ => exp 0)); [|apply ex_derive_const].
    intros t; rewrite Hn; unfold Rdiv; rewrite Rinv_0, Rmult_0_r; reflexivity.
  - auto_derive; repeat split; auto; apply Rabs_pos_lt; assumption.
Qed.
Lemma smooth_Logit : 0 < F x -> F x < 1 -> ex_derive (fun t => Logit (F t)) x.
Proof.
  intros; unfold Logit; auto_derive; repeat split; auto; [lra | apply Rdiv_lt_0_compat; lra].
Qed.
Lemma smooth_bern (z : R) : ex_derive (fun t => bern (F t) z) x.
Proof.
  unfold bern; destruct (Req_EM_T z 1); [assumption|].
  apply (ex_derive_minus (fun _ => 1) F x); [apply ex_derive_const | assumption].
Qed.
(** A power with an exponent that stays: natural, whole, any. *)
Lemma smooth_natural (n : R) : integer n -> 0 <= n -> ex_derive (fun t => F t ^^ n) x.
Proof.
  intros Hn H0; destruct (natural n Hn H0) as [k ->].
  apply (ex_derive_ext (fun t => F t ^ k)); [intros; symmetry; apply power_natural|]. auto_derive; auto.
Qed.
Lemma smooth_whole (n : R) : integer n -> F x <> 0 -> ex_derive (fun t => F t ^^ n) x.
Proof.
  intros Hn Hx; destruct (Rle_lt_dec 0 n) as [H0|H0]; [apply smooth_natural; assumption|].
  destruct (natural (- n)) as [k Hk]; [apply integer_opp; assumption | lra |].
  apply (ex_derive_ext (fun t => / F t ^ k)).
  - intros t; replace n with (IZR (- Z.of_nat k)) by (rewrite opp_IZR, <- INR_IZR_INZ; lra).
    rewrite power_integer; destruct k as [|k]; simpl; [field | rewrite SuccNat2Pos.id_succ; reflexivity].
  - auto_derive; repeat split; auto; apply pow_nonzero; assumption.
Qed.
Lemma smooth_power : ex_derive G x -> 0 < F x -> ex_derive (fun t => F t ^^ G t) x.
Proof.
  intros HG Hp; apply (ex_derive_ext_loc (fun t => exp (G t * ln (F t)))).
  - apply (filter_imp (fun t => 0 < F t)); [intros t Ht; symmetry; apply power_exp; assumption|].
    apply (ex_derive_continuous F x HF (fun y => 0 < y)), open_gt; assumption.
  - auto_derive; repeat split; assumption.
Qed.
Lemma smooth_plus : ex_derive G x -> ex_derive (fun t => F t + G t) x.
Proof. intros; apply (ex_derive_plus F G x); assumption. Qed.
Lemma smooth_minus : ex_derive G x -> ex_derive (fun t => F t - G t) x.
Proof. intros; apply (ex_derive_minus F G x); assumption. Qed.
Lemma smooth_mult : ex_derive G x -> ex_derive (fun t => F t * G t) x.
Proof. intros; apply (ex_derive_mult F G x); assumption. Qed.
Lemma smooth_div : ex_derive G x -> G x <> 0 -> ex_derive (fun t => F t / G t) x.
Proof. intros; apply (ex_derive_div F G x); assumption. Qed.
End Smooth.
Lemma smooth_Normal (F G S : R -> R) (x : R) :
  ex_derive F x -> ex_derive G x -> ex_derive S x -> 0 < S x -> ex_derive (fun t => Normal (F t) (G t) (S t)) x.
Proof.
  intros; assert (0 < 2 * PI * S x) by (pose proof PI_RGT_0; apply Rmult_lt_0_compat; lra).
  assert (sqrt (2 * PI * S x) <> 0) by (apply Rgt_not_eq, Normal_root; assumption).
  unfold Normal; auto_derive; repeat split; auto; lra.
Qed.
Lemma smooth_comp (F G : R -> R) (x : R) : ex_derive F (G x) -> ex_derive G x -> ex_derive (fun t => F (G t)) x.
Proof. intros; apply (ex_derive_comp F G x); assumption. Qed.
Lemma smooth_Sum {A} (D : fset A) (F : R -> A -> R) (x : R) :
  (forall z, member z D -> ex_derive (fun t => F t z) x) -> ex_derive (fun t => Sum D (fun z => F t z)) x.
Proof. apply ex_derive_lsum. Qed.
Lemma smooth_Prod {A} (D : fset A) (F : R -> A -> R) (x : R) :
  (forall z, member z D -> ex_derive (fun t => F t z) x) -> ex_derive (fun t => Prod D (fun z => F t z)) x.
Proof. apply ex_derive_lprod. Qed.
Lemma smooth_continuous (F : R -> R) (x : R) : ex_derive F x -> continuous F x.
Proof. apply (ex_derive_continuous F x). Qed.

(** * Distributions *)
Lemma pmf_bern (b : R) : 0 <= b -> b <= 1 -> pmf bits (fun z => bern b z).
Proof.
  intros; split; [intros; apply bern_nonnegative; assumption|].
  unfold Sum; simpl; rewrite bern_zero, bern_one; ring.
Qed.
Lemma pmf_bits (Q : R -> R) : 0 <= Q 0 -> 0 <= Q 1 -> Q 0 + Q 1 = 1 -> pmf bits (fun z => Q z).
Proof.
  intros H0 H1 H; split; [|unfold Sum; simpl; lra].
  intros z Hz; apply bits_cases in Hz; destruct Hz as [-> | ->]; assumption.
Qed.
Lemma pmf_product {A} `{Point A} (D : fset A) (n : R) (Q : R -> A -> R) :
  integer n -> (forall i, member i (range 1 n) -> pmf D (fun x => Q i x)) ->
  pmf (tuples D n) (fun v => Prod (range 1 n) (fun i => Q i (component v i))).
Proof.
  intros Hn HQ; assert (E : exists m, nat_of n = m /\ elements (range 1 n) = map (fun k => 1 + INR k) (seq 0 m)).
  { exists (nat_of n); split; [reflexivity|]. simpl; unfold range_list; replace (n - 1 + 1) with n by ring; reflexivity. }
  destruct E as [m [Em Er]]; split.
  - intros v Hv; apply Prod_nonnegative; intros i Hi.
    apply (HQ i Hi); apply (component_member D n v i Hn Hv Hi).
  - unfold Sum, tuples; simpl elements; rewrite Em.
    transitivity (lsum (tuple_list (elements D) m) (weight m (fun k => Q (1 + INR k)))).
    { apply lsum_ext; intros v _; unfold Prod, weight; rewrite Er, lprod_map.
      apply lprod_ext; intros k _; rewrite component_nat; reflexivity. }
    rewrite lsum_weight; transitivity (lprod (seq 0 m) (fun _ => 1)); [|rewrite lprod_const; apply pow1].
    apply lprod_ext; intros k Hk; apply (HQ (1 + INR k)).
    unfold member; rewrite Er; apply (in_map (fun j => 1 + INR j)); assumption.
Qed.
Lemma pmf_nonnegative {A} (D : fset A) (Q : A -> R) (z : A) : pmf D Q -> member z D -> 0 <= Q z.
Proof. intros [H _]; apply H. Qed.

(** * What is known of the values of functions *)
Lemma sigmoid_inside (a : R) : 0 < Sigmoid a /\ Sigmoid a < 1.
Proof.
  unfold Sigmoid; pose proof (exp_pos (- a)); split; [apply Rinv_0_lt_compat; lra|].
  rewrite <- Rinv_1; apply Rinv_lt_contravar; lra.
Qed.
Lemma tanh_inside (a : R) : - (1) < Tanh a /\ Tanh a < 1.
Proof.
  unfold Tanh; pose proof (exp_pos a); pose proof (exp_pos (- a)); split.
  - apply (Rmult_lt_reg_r (exp a + exp (- a))); [lra|]. field_simplify; lra.
  - apply (Rmult_lt_reg_r (exp a + exp (- a))); [lra|]. field_simplify; lra.
Qed.
Lemma cosh_at_least_one (a : R) : 1 <= Cosh a.
Proof.
  unfold Cosh; rewrite exp_Ropp; pose proof (exp_pos a) as H; pose proof (Rinv_0_lt_compat _ H) as Hi.
  pose proof (Rmult_le_pos ((exp a - 1) ^ 2) (/ exp a) (pow2_ge_0 _) (Rlt_le _ _ Hi)) as K.
  replace ((exp a - 1) ^ 2 * / exp a) with (exp a - 2 + / exp a) in K by (field; lra); lra.
Qed.
Lemma delta_inside {A} `{Same A} (a b : A) : 0 <= Delta a b /\ Delta a b <= 1.
Proof. unfold Delta; destruct (same_in a b); lra. Qed.
Lemma max_among (a b : R) : a <= Rmax a b /\ b <= Rmax a b /\ (Rmax a b = a \/ Rmax a b = b).
Proof. unfold Rmax; destruct (Rle_dec a b); repeat split; auto; lra. Qed.
Lemma min_among (a b : R) : Rmin a b <= a /\ Rmin a b <= b /\ (Rmin a b = a \/ Rmin a b = b).
Proof. unfold Rmin; destruct (Rle_dec a b); repeat split; auto; lra. Qed.
Lemma PI_inside : 3 < PI /\ PI <= 4.
Proof. pose proof PI2_3_2; pose proof PI_4; lra. Qed.
Lemma ln_positive (a : R) : 1 < a -> 0 < ln a.
Proof. intros; rewrite <- ln_1; apply ln_increasing; lra. Qed.
Lemma ln_nonnegative (a : R) : 1 <= a -> 0 <= ln a.
Proof. intros [H|<-]; [left; apply ln_positive; assumption | rewrite ln_1; lra]. Qed.
Lemma ln_negative (a : R) : 0 < a -> a < 1 -> ln a < 0.
Proof. intros; rewrite <- ln_1; apply ln_increasing; lra. Qed.
Lemma softplus_positive (a : R) : 0 < Softplus a.
Proof. unfold Softplus; apply ln_positive; pose proof (exp_pos a); lra. Qed.
Lemma factorial_positive (n : R) : 0 < factorial n.
Proof. apply lt_0_INR, lt_O_fact. Qed.
Lemma binom_nonnegative (n k : R) : 0 <= binom n k.
Proof.
  unfold binom; generalize (nat_of k) as j; induction (nat_of n) as [|m IH]; intros [|j]; simpl; try lra.
  apply Rplus_le_le_0_compat; apply IH.
Qed.

Lemma exp_power (x : R) (n : nat) : exp x ^ n = exp (INR n * x).
Proof.
  induction n as [|n IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity|].
  change (exp x ^ S n) with (exp x * exp x ^ n); rewrite IH, <- exp_plus, S_INR; f_equal; ring.
Qed.
Lemma power_of_root (a : R) (p : positive) (n : nat) : Pos.to_nat p = n -> 0 < a -> (a ^^ (1 / IZR (Zpos p))) ^ n = a.
Proof.
  intros <- Ha; rewrite power_exp, exp_power, INR_IPR by assumption.
  change (IPR p) with (IZR (Zpos p)); rewrite <- Rmult_assoc.
  replace (IZR (Zpos p) * (1 / IZR (Zpos p))) with 1 by (field; apply IZR_neq; discriminate).
  rewrite Rmult_1_l; apply exp_ln; assumption.
Qed.
Lemma odd_power_of_root (a : R) (p : positive) (n : nat) :
  Pos.to_nat p = n -> (- (1)) ^ n = - (1) -> Root a (IZR (Zpos p)) ^ n = a.
Proof.
  intros <- Hodd; unfold Root; destruct (Req_dec a 0) as [-> | Ha].
  - rewrite sign_0, Rmult_0_l; apply pow_i; lia.
  - assert (E : exp (ln (Rabs a) / IZR (Zpos p)) ^ Pos.to_nat p = Rabs a).
    { rewrite exp_power, INR_IPR; change (IPR p) with (IZR (Zpos p)).
      replace (IZR (Zpos p) * (ln (Rabs a) / IZR (Zpos p))) with (ln (Rabs a)) by (field; apply IZR_neq; discriminate).
      apply exp_ln, Rabs_pos_lt; assumption. }
    rewrite Rpow_mult_distr, E; destruct (Rtotal_order a 0) as [H | [H | H]]; [| lra |].
    + rewrite sign_eq_m1, Rabs_left by assumption; replace (-1) with (- (1)) by lra; rewrite Hodd; ring.
    + rewrite sign_eq_1, Rabs_right, pow1 by lra; ring.
Qed.
Lemma root_nonzero (a n : R) : a <> 0 -> Root a n <> 0.
Proof.
  intros Ha; unfold Root; apply Rmult_integral_contrapositive_currified; [|apply Rgt_not_eq, exp_pos].
  destruct (Rtotal_order a 0) as [H | [H | H]]; [rewrite sign_eq_m1 | | rewrite sign_eq_1]; lra.
Qed.
Lemma sign_inside (a : R) : - (1) <= sign a /\ sign a <= 1.
Proof.
  destruct (Rtotal_order a 0) as [H | [-> | H]]; [rewrite sign_eq_m1 by assumption | rewrite sign_0 | rewrite sign_eq_1 by assumption]; lra.
Qed.
Lemma arctan_inside (a : R) : - (PI / 2) < atan a /\ atan a < PI / 2.
Proof. pose proof (atan_bound a); lra. Qed.
Lemma arctan_positive (a : R) : 0 < a -> 0 < atan a.
Proof. intros; rewrite <- atan_0; apply atan_increasing; assumption. Qed.
Lemma arctan_negative_of (a : R) : a < 0 -> atan a < 0.
Proof. intros; rewrite <- atan_0; apply atan_increasing; assumption. Qed.
Lemma arctan_below_quarter (a : R) : a < 1 -> atan a < PI / 4.
Proof. intros; rewrite <- atan_1; apply atan_increasing; assumption. Qed.
Lemma arctan_above_quarter (a : R) : - (1) < a -> - (PI / 4) < atan a.
Proof. intros; rewrite <- atan_1, <- atan_opp; apply atan_increasing; assumption. Qed.
Lemma arcsin_inside (a : R) : - (PI / 2) <= asin a /\ asin a <= PI / 2.
Proof. pose proof (asin_bound a); lra. Qed.
Lemma arccos_inside (a : R) : 0 <= acos a /\ acos a <= PI.
Proof. apply acos_bound. Qed.
Lemma square_of_abs (a : R) : Rabs a ^ 2 = a ^ 2.
Proof. apply pow2_abs. Qed.
Lemma square_of_sin (a : R) : sin a ^ 2 = 1 - cos a ^ 2.
Proof. pose proof (sin2_cos2 a) as H; unfold Rsqr in H; lra. Qed.
(** With the base -1. *)
Lemma square_of_sign (a n : R) : a * a = 1 -> integer n -> (a ^^ n) ^ 2 = 1.
Proof.
  intros Ha [k ->]; rewrite power_integer; replace (powerRZ a k ^ 2) with (powerRZ a k * powerRZ a k) by ring.
  rewrite <- powerRZ_mult, Ha, <- power_integer, power_exp, ln_1, Rmult_0_r by lra; apply exp_0.
Qed.

(** * Signs *)
Lemma unequal_product (a b : R) : a * b <> 0 -> a <> 0 /\ b <> 0.
Proof. intros H; split; intros E; apply H; rewrite E; ring. Qed.
Lemma unequal_quotient (a b : R) : a <> 0 -> b <> 0 -> a / b <> 0.
Proof. intros; apply Rmult_integral_contrapositive_currified; [|apply Rinv_neq_0_compat]; assumption. Qed.
Lemma unequal_base (a : R) (n : nat) : a ^ S n <> 0 -> a <> 0.
Proof. intros H E; apply H; rewrite E; simpl; ring. Qed.
Lemma unequal_difference (a b : R) : a - b <> 0 -> a <> b.
Proof. intros H E; apply H; lra. Qed.
Lemma difference_unequal (a b : R) : a <> b -> a - b <> 0.
Proof. intros H E; apply H; lra. Qed.
Lemma negative_product (a b : R) : 0 < a -> b < 0 -> a * b < 0.
Proof. nra. Qed.
Lemma product_negative (a b : R) : a < 0 -> 0 < b -> a * b < 0.
Proof. nra. Qed.
Lemma negatives_product (a b : R) : a < 0 -> b < 0 -> 0 < a * b.
Proof. nra. Qed.
Lemma quotient_negative (a b : R) : a < 0 -> 0 < b -> a / b < 0.
Proof. intros; apply product_negative; [|apply Rinv_0_lt_compat]; assumption. Qed.
Lemma quotient_nonnegative (a b : R) : 0 <= a -> 0 < b -> 0 <= a / b.
Proof. intros; apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat]; assumption. Qed.
Lemma quotient_above (a b c : R) : 0 < b -> c * b < a -> c < a / b.
Proof. intros Hb H; apply (Rmult_lt_reg_r b); [assumption|]; replace (a / b * b) with a by (field; lra); exact H. Qed.
Lemma quotient_below (a b c : R) : 0 < b -> a < c * b -> a / b < c.
Proof. intros Hb H; apply (Rmult_lt_reg_r b); [assumption|]; replace (a / b * b) with a by (field; lra); exact H. Qed.
Lemma quotient_at_least (a b c : R) : 0 < b -> c * b <= a -> c <= a / b.
Proof. intros Hb H; apply (Rmult_le_reg_r b); [assumption|]; replace (a / b * b) with a by (field; lra); exact H. Qed.
Lemma quotient_at_most (a b c : R) : 0 < b -> a <= c * b -> a / b <= c.
Proof. intros Hb H; apply (Rmult_le_reg_r b); [assumption|]; replace (a / b * b) with a by (field; lra); exact H. Qed.
Lemma by_positive_difference (a b : R) : 0 < b - a -> a < b.
Proof. lra. Qed.
Lemma by_nonnegative_difference (a b : R) : 0 <= b - a -> a <= b.
Proof. lra. Qed.
Lemma square_nonnegative (a : R) : 0 <= a ^ 2.
Proof. apply pow2_ge_0. Qed.

(** The two sides are the same by sight: Coq would also compute, which is no step of the trace. *)
Ltac same := cbv beta; lazymatch goal with |- ?a = ?b => constr_eq a b; reflexivity end.

(** A row of the table, used on the very goal that it proves: what Coq would accept after unfolding definitions is no
    instance of the row. *)
Lemma restated (T G : Prop) : T -> (T -> G) -> G.
Proof. auto. Qed.
Ltac the_very_same :=
  cbv beta; lazymatch goal with |- ?T -> ?G => constr_eq T G; exact (fun proof => proof) end.
Tactic Notation "rule" uconstr(t) := refine (restated _ _ t _); [ .. | the_very_same ].

(** Powers with a numeral as exponent become products, for [ring] and [lra]. *)
Ltac powers :=
  repeat match goal with
  | |- context [power ?a 0] => rewrite (power_zero a)
  | |- context [power ?a (IZR (Zpos ?p))] =>
      let n := eval compute in (Pos.to_nat p) in rewrite (power_numeral a p n eq_refl)
  | |- context [power ?a (IZR (Zneg ?p))] =>
      let n := eval compute in (Pos.to_nat p) in rewrite (power_inverse a p n eq_refl)
  | H : context [power ?a 0] |- _ => rewrite (power_zero a) in H
  | H : context [power ?a (IZR (Zpos ?p))] |- _ =>
      let n := eval compute in (Pos.to_nat p) in rewrite (power_numeral a p n eq_refl) in H
  | H : context [power ?a (IZR (Zneg ?p))] |- _ =>
      let n := eval compute in (Pos.to_nat p) in rewrite (power_inverse a p n eq_refl) in H
  end.

Ltac sign_of :=
  first [ assumption | lra |
    lazymatch goal with
    | |- _ * _ <> 0 => apply Rmult_integral_contrapositive_currified; sign_of
    | |- _ / _ <> 0 => apply unequal_quotient; sign_of
    | |- _ ^ _ <> 0 => apply pow_nonzero; sign_of
    | |- - _ <> 0 => apply Ropp_neq_0_compat; sign_of
    | |- ?a <> 0 =>
        first [ apply Rgt_not_eq; red; sign_of | apply Rlt_not_eq; sign_of | apply difference_unequal; sign_of
              | intros ?E; nra ]
    | |- ?a <> ?b => first [ apply not_eq_sym; assumption | apply unequal_difference; sign_of ]
    | |- 0 < _ * _ =>
        first [ apply Rmult_lt_0_compat; sign_of | apply negatives_product; sign_of | nra ]
    | |- 0 < _ / _ => apply Rdiv_lt_0_compat; sign_of
    | |- 0 < / _ => apply Rinv_0_lt_compat; sign_of
    | |- 0 < _ ^ _ => apply pow_lt; sign_of
    | |- 0 < _ + _ =>
        first [ apply Rplus_lt_0_compat; sign_of | apply Rplus_lt_le_0_compat; sign_of
              | apply Rplus_le_lt_0_compat; sign_of | nra ]
    | |- 0 < - _ => apply Ropp_0_gt_lt_contravar; red; sign_of
    | |- 0 <= _ * _ => first [ apply Rmult_le_pos; sign_of | nra ]
    | |- 0 <= _ / _ => apply quotient_nonnegative; sign_of
    | |- 0 <= _ ^ 2 => apply square_nonnegative
    | |- 0 <= _ ^ _ => apply pow_le; sign_of
    | |- 0 <= _ + _ => first [ apply Rplus_le_le_0_compat; sign_of | nra ]
    | |- _ * _ < 0 => first [ apply product_negative; sign_of | apply negative_product; sign_of | nra ]
    | |- _ / _ < 0 => apply quotient_negative; sign_of
    | |- - _ < 0 => apply Ropp_lt_gt_0_contravar; red; sign_of
    | |- 0 < _ => nra
    | |- 0 <= _ => nra
    | |- _ < 0 => nra
    | |- _ < _ => first [ nra | apply by_positive_difference; sign_of ]
    | |- _ <= _ => first [ nra | apply by_nonnegative_difference; sign_of ]
    end ].
(** A relation between numbers, from the hypotheses. *)
Ltac sign := powers; sign_of.

(** What products and powers that do not vanish say of their factors. *)
Ltac factors :=
  repeat match goal with
  | H : _ * _ <> 0 |- _ => apply unequal_product in H; destruct H
  | H : _ ^ S _ <> 0 |- _ => apply unequal_base in H
  end.
Ltac divisors := repeat split; first [ assumption | sign_of ].

(** The row [algebra]: equality of rational functions; the denominators are known not to vanish. *)
Ltac algebra := powers; factors; first [ reflexivity | ring | field; divisors ].
